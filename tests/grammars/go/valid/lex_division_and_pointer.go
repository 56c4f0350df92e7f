package p

func f() {
	x := a / *p
	y := a / b
}
