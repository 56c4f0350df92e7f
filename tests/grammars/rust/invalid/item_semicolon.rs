fn f() {}
;
