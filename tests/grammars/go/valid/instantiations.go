package p

func f() {
	_ = sum[int]
	_ = apply[[]int, *T](x, y)
	_ = g[q.T]()
	_ = h[func(int) string, map[string]int,]
	_ = k[[]int]{1}
	F[*T](x)
	F[[]byte](x)
}
