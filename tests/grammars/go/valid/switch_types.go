package p

func f() {
	switch i := x.(type) {
	case nil:
		printString("x is nil")
	case int:
		printInt(i)
	case func(int) float64, *T, []int, <-chan int, map[string]q.T:
		printFunction(i)
	case G[int]:
	default:
	}
	switch x.(type) {
	}
	switch y := f(); z := y.(type) {
	case interface{ m() }:
		_ = z
	}
}
