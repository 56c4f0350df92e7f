fn f() void {
    ;
}
