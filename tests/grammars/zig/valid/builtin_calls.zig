const std = @import("std");
const n = @as(u8, @intCast(300 - 45));
const T = @TypeOf(n);

test {
    @memcpy(
        a,
        b,
    );
    _ = @field(x, "name");
    @field(x, "name") = 1;
}
