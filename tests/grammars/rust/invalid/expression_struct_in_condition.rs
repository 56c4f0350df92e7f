fn f() { if a == S { b: c } {} }
