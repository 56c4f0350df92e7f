package p

func f() {
	g[int, 