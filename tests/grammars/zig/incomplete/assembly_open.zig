fn f() void {
    asm volatile ("nop"