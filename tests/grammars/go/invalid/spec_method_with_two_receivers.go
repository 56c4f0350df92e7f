package p

func (a, b T) f() {}
