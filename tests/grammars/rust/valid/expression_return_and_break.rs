fn f() -> u8 {
    return;
    return 1;
    return return;
    a && return 1;
    a.b(return);
    loop { break a + 1 }
    break 'a b;
    break { c };
    return || 1
}
