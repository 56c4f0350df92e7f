fn f() {}}
