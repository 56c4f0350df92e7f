const A: &str = "a \"b\" \\ \n \x41 \u{e9} é
    b \
    c";
