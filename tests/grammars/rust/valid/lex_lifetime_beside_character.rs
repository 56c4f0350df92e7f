fn f<'a>(a: &'a u8) {
    'a: loop {
        let b = 'a';
        break 'a;
    }
}
