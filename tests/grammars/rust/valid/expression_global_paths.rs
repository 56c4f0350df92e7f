fn f() {
    ::a::b(::c::D);
    S { a: ::b::C };
    let d: ::e::F = ::g::h!();
    match i { S { j: ::k::L } => {} }
}
