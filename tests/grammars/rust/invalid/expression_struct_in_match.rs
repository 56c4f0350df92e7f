fn f() { match S { a: b } {} }
