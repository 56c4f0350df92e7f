package p

func f() (int, err