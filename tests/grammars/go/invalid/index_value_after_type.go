package p

func f() {
	x := g[int, 1]
}
