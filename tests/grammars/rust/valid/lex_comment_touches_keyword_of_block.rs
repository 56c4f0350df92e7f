fn f() {
    if a {} else/**/{}
    unsafe/**/{}
    const/**/{}
    unsafe /**/ fn g() {}
    let x = if a { 1 } else/**/{ 2 };
}

unsafe/**/extern/**/{}
