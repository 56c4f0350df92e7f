package p

func f() {
outer: