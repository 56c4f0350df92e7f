package p

func f() {
	_ = *Point(p)
	_ = (*Point)(p)
	_ = <-chan int(c)
	_ = (<-chan int)(c)
	_ = func() int(x)
	_ = (func())(x)
	_ = []byte("a")
	_ = [3]int(s)
	_ = map[string]int(m)
	_ = interface{}(x)
	_ = struct{}(y)
	_ = chan int(c)
	_ = (*[4]int)(s)
	_ = ((*T))(x)
	_ = []byte("a",)
}
