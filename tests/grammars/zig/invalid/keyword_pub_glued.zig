a: u8,
pubfn f() void {}
