package p

func f() {