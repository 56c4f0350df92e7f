package p

func f() {
	switch tag {
	default:
		s3()
	case 0, 1, 2, 3:
		s1()
	case 4, 5:
		s2()
		fallthrough
	case 6:
	}
	switch x := f(); {
	case x < 0:
		return
	default:
	}
	switch {
	case x < y:
		f1()
	}
	switch x := f(); x {
	}
	switch {}
	switch f() {}
}
