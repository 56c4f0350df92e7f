use a::/* c */{b, c};
#/* c */[x]
fn f(p: */* c */const u8, g: fn/* c */(), v: Vec::/* c */<u8>) {
    m!// c
    (1);
    m!/* c */{}
    f::// c
    <u8>();
}
