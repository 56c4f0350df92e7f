fn f() void {};
