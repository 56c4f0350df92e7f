package p

func f() {
	x := a[1]{}
}
