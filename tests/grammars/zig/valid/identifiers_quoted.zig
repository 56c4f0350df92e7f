const @"a name" = 1;
const @"const" = @"a name";
const x = .{ .@"while" = 1 };
const y = x.@"while";
const z = error.@"not a word";
