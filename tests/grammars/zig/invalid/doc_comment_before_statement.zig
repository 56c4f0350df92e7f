fn f() void {
    /// d
    a();
}
