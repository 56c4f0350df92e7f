package p

func a()

func b() {}

func c(x int) int { return x }

func d(a, b int, c string) (n int, err error) {
	return
}

func e(int, ...string) {}
