fn f() { 'static: loop {} }
