package p

func f() {
	x := (T){}
}
