fn f() void {
    nosuspend g();
    nosuspend {
        g();
    }
    suspend {}
    resume h;
    const x = nosuspend g();
    _ = x;
}
