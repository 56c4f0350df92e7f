fn f() { x + return + 1; x + break 'a + 1; x == return + 1; x && return == 1; }
