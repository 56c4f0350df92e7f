package p

func f() {
	x = 1.0.y
}
