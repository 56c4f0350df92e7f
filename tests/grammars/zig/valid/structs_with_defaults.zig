const S = struct {
    a: u8 = 1,
    b: ?*S = null,
    comptime c: u8 = 3,
    const d = 4;
    fn e(self: *S) void {
        self.a = 2;
    }
};
