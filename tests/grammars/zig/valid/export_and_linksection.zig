export var x: u8 linksection(".data") = 1;
export fn f() linksection(".text") callconv(.c) void {}
var y: u8 align(4) addrspace(.generic) linksection(".bss") = 0;
