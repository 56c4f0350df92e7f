fn syscall(number: usize, arg1: usize) usize {
    return asm volatile ("syscall"
        : [ret] "={rax}" (-> usize),
        : [number] "{rax}" (number),
          [arg1] "{rdi}" (arg1),
        : .{ .rcx = true, .r11 = true });
}

fn nop() void {
    asm volatile ("nop");
}

fn fence() void {
    asm volatile ("" ::: .{ .memory = true });
}

fn out() void {
    var x: u32 = 0;
    asm ("mov %[x], 5"
        : [x] "=r" (x),
    );
}
