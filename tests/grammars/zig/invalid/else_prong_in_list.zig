const a = switch (b) {
    1, else => 2,
};
