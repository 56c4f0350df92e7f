fn f() { 'a: match b {} }
