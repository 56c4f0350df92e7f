package p

func f() {
	retur