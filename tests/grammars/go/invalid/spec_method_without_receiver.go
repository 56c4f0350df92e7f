package p

func () f() {}
