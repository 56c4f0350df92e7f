usingnamespace @import("a");
