fn f() void {
    asm volatile ("nop"
        :
        :
        : "rcx", "memory"
    );
}
