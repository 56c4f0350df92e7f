package p

func f() {
	x.y := 1
}
