fn f() void {
    pub const a = 1;
}
