package p
func f() { if x { a(); b() } else { c() }; for i := 0; i < 3; i++ { d() }; switch { case x: e(); default: g() } }
