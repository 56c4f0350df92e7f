fn f(x: &[a::T]) {
    match x {
        [a::T::A(x)] => {
            g(x);
        }
        [a::T::A(x), rest @ ..] => {
            h(x, rest);
        }
        [] => {}
    }
}
