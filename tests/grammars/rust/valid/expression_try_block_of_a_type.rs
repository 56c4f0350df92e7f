fn f() { let x = try bikeshed Option<u8> { 1 }; try bikeshed(u8) {} }
