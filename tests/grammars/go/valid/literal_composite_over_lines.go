package p

func f() {
	x := T{
		a:   1,
		bcd: "x",
		e: []int{
			1, 2,
			3,
		},
	}
	_ = x
}
