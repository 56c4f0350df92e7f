package p

func f() {
	switch {
	case a:
	two:
	default:
	}
}
