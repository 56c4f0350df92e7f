const a = switch (b) {
    1 => 2
    else => 3,
};
