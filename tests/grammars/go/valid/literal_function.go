package p

func f() {
	g := func(a, b int) bool { return a < b }
	func() { panic(1) }()
	go func() {}()
	defer func() { recover() }()
	_ = func() func() int { return func() int { return 1 } }()()
}
