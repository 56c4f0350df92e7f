fn f() {
    match a {
        A::B => {}
        ::c::D => {}
        <E>::F => {}
        <G as H>::I => {}
        J::<u8>::K => {}
        self::L => {}
    }
}
