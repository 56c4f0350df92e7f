fn f() { loop {} + 1; }
