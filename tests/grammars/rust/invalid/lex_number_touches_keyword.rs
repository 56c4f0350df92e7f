fn f() { 1as u8; }
