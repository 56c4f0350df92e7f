package p

func f() {
	x := a +
		b &&
		c
	y.
		z()
	w :=
		1
}
