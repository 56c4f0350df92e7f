package p

func f() {
	switch x {
	case 1:
		a()
		b()
	case 2:
		for {
		}
		c()
	}
}
