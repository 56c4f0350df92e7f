package p

func f() {
	var a, b int
	const c = 1
	type T struct{ x int }
	type U[P any] = []P
	var (
		d = 1
		e = 2
	)
}
