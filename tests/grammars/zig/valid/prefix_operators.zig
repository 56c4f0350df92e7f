const x = .{ -a, !b, ~c, &d, -%e, !!f, -~g, &&h, - -i };
const y = !try f();
