package p

func f() {
	T{1}
}
