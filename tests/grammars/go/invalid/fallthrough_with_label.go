package p

func f() {
	fallthrough x
}
