package p

func f() {
	switch x {
		y()
	case 1:
	}
}
