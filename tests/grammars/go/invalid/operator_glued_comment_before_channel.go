package p

func f() {
	x = a/*<-chan int(b)
}
