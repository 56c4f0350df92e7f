fn f() { loop {} as u8; }
