package p

func f() {
	switch x.(type) {
	case<-chan T:
	case*T:
	}
	select {
	case(a)[0] = <-c:
	case(a), b = <-c:
	}
	<--x
	switch {
	default
:
	}
}
