fn f() void {
    asm ("" ::: );
}
