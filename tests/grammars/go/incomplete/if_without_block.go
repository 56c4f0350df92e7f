package p

func f() {
	if x := g(); x > 1