package p

type T struct {
	a, b int     "tag"
	c    *func() `json:"c"`
	T1
	*T2
	q.T3
	*q.T4 "tag"
	G[int]
	*q.H[int, string]
	_ [3]int
	d struct{ e int }
}
