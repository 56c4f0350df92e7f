fn f() void {
    asm (""
        : [a] "=r" (