package p

func f() {
	switch x := g()
	{
	case x > 1:
	}
}
