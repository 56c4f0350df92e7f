/// d
comptime {}
