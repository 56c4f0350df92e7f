package p

func f() {
	_ = (a)
	_ = ((a + b) * (c))
	(f)()
	(f())
	(<-c)
	((<-c))
}
