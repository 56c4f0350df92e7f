fn f() { x.1e3; x.1E3.y; x.0x1; x.1.5e3; let S { 0x1: y } = S { 0b1: x }; }
