package p

func f() {
	select {
	case v := <-c