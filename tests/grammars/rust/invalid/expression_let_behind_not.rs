fn f() { if !let a = b {} }
