package p

func f() {
	for a < b {
		a *= 2
	}
	for i := 0; i < 10; i++ {
		f(i)
	}
	for {
	}
	for ; ; {
	}
	for ; i < 10; {
	}
	for i := 0; ; i, j = i+1, j-1 {
	}
}
