fn f() void { a(); b(); if (c) d(); { e(); } }
