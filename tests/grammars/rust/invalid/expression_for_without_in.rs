fn f() { for a b {} }
