package p

func f() {
	f()
	f(1, 2)
	f(a...)
	f(1, a...)
	f(g()...)
	f(1,)
	f(a...,)
	make([]int, 10)
	make(map[string]int)
	make(chan<- int, 1)
	new(*[]int)
	new(struct{ x int })
	append([]byte(nil), "x"...)
	q.F(x)
}
