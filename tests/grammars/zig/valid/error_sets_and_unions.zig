const A = error{ B, C };
const D = error{E};
const F = A || D;
const G = error{
    H,
    I,
};
fn f() (error{J} || A)!void {}
fn g() A!?[]const u8 {}
fn h() anyerror!void {
    return error.K;
}
const i: anyerror!u8 = error.L;
