fn f() void {
    switch (a) {} + 1;
}
