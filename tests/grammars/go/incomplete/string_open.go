package p

func f() {
	x := "ab