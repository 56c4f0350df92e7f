fn f() { break'a'; }
