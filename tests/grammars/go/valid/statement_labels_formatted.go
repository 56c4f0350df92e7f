package p

func f() {
first:
	for {
		break first
	}
second:
third:
	g()
	if x {
	inner:
		for {
			continue inner
		}
	last:
	}
	switch {
	case a:
	one:
		g()
	case b:
	two:
		;
	default:
	three:
	}
end:
}

func g() {
	x()
end:
}

var h = func() {
again:
	goto again
}
