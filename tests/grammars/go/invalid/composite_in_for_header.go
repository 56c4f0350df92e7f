package p

func f() {
	for _, x := range T{1} {
		y()
	}
}
