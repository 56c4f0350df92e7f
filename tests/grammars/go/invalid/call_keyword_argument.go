package p

func f() {
	g(a=1)
}
