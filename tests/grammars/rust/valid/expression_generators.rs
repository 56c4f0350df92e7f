gen fn f() { async gen { yield 1; }; gen move {}; async gen move{}; gen{} }
async gen fn g() { x.match { _ => 1 }; }
