fn f() void {
    asm volatile ("nop" ::: "a", "b");
}
