package p

func f() {
	_ = x.(int)
	_, ok := x.(*T)
	_ = x.(interface{ m() })
	_ = x.(func(int) string)
	_ = x.([]int)
	_ = x.(<-chan int)
	_ = ok
}
