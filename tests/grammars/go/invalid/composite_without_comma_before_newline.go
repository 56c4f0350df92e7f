package p

func f() {
	x := T{
		1,
		2
	}
}
