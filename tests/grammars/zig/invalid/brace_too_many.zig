fn f() void {}}
