fn f() void {
    a orelse break :b catch c;
    return orelse d;
}
