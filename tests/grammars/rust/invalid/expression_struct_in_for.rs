fn f() { for a in S { b: c } {} }
