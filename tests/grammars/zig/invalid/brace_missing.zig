fn f() void {
    if (a) {
}
const b = 1;
