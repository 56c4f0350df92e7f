extern fn f(..., a: u8) void;
