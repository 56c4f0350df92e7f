fn f() void {
    a := 1;
}
