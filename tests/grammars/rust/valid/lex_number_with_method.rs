fn f() {
    1.max(2);
    1.0.sqrt();
    1u8.pow(2);
    x.0.1.2;
}
