pub const A = struct {
    pub const B = struct {
        pub const C = struct {
            x: u8,
        };

        var count: usize = 0;
    };

    test "inner" {}

    comptime {}
};
