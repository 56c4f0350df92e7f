package p

func f(a int = 1) {}
