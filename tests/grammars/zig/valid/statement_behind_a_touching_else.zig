fn f() void {
    if (a) {}else{}
    const b = 1;
    while (a) {}else{}
    c();
}
