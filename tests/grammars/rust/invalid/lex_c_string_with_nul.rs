const A: &CStr = c"a\0";
