test "a name" {
    try expect(true);
}

test {
    _ = 1;
}

test f {}

fn f() void {}
