test {
    foo(
        1,
        // the second
        2,

        3, // the third
    );
    foo(1, .{
        .a = 2,
    });
    a
        .b()
        .c(d);
}
