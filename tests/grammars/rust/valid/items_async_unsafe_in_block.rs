fn f() {
    async unsafe fn g() {}
    const async unsafe extern "C" fn h() {}
    let x = async move { 1 };
}
