const a = b comptime;
