package p

func f() {
	go Server()
	go func(ch chan<- bool) {
		ch <- true
	}(c)
	defer unlock(l)
	defer mu.Unlock()
	go f.g().h(1)
	defer (f)()
	defer T{}.m()
}
