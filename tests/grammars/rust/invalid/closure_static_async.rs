fn f() {
    static async move || x;
}
