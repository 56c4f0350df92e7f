package p

func f() {
	if x == [2]int{1, 2} {
	}
	if len([]int{1}) > 0 {
	}
	if f(T{1}) {
	}
	if a[T{1}] {
	}
	if (struct{ x int }{1}).x == 1 {
	}
	if func() bool { return true }() {
	}
	if m := map[string]int{}; len(m) == 0 {
	}
}
