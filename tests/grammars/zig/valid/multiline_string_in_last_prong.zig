fn f(a: u8) []const u8 {
    return switch (a) {
        1 => "x",
        else =>
        \\abc
        \\def
    };
}
