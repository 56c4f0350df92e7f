const x = switch (y) { 1 => 2, else => 3 };
