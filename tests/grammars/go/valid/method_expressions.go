package p

func f() {
	T.Mv(t, 7)
	(T).Mv(t, 7)
	(*T).Mp(&t, 7)
	f := (*T).Mp
	f2 := (q.T).M
	([]int).x()
}
