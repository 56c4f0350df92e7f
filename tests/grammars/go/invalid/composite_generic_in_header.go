package p

func f() {
	if x == G[int]{} {
	}
}
