package p

func f() {
	h(x + y)
	f.Close()
	<-ch
	(<-ch)
	int(x)
	func() {}()
}
