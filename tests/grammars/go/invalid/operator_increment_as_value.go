package p

func f() {
	y = x++
}
