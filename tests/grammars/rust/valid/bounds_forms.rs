fn f<T: ?A + (B) + for<'a> C<'a> + D(E) -> G + 'static + ::h::I + use<'a, T>>() {}
