fn f() void {
    const a = async b();
}
