package p

func f() {
	select {
	case i1 = <-c1:
		print(i1)
	case c2 <- i2:
		print(i2)
	case i3, ok := (<-c3):
		print(i3, ok)
	case a[f()] = <-c4:
	case <-time.After(1):
	case (<-c5):
	default:
		print()
	}
	select {}
}
