package p

func f() {
	i, j := 0, 10
	f := func() int { return 7 }
	ch := make(chan int)
	_, y, _ := coord(p)
}
