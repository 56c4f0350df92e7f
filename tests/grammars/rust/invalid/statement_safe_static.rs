fn f() { safe static A: u8; }
