thread_local! {
    static A: u8 = 1;
}
m!(a, b);
m![a];
a::b! {}
