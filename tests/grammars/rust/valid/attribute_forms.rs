#[a]
#[a(b, c = "d")]
#[a = "b"]
#[a = concat!("b", "c")]
#[a::b[c]]
#[a { b }]
#[unsafe(no_mangle)]
fn f() {}
