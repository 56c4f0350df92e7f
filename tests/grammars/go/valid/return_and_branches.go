package p

func f() {
	return
	return 1
	return 1, f(x)
	return (1)
	return func() {}
	return []int{1}
	return &T{
		a: 1,
	}
	break
	continue
	break L
	goto L
}
