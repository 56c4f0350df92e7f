package p

func f() {
	var int, nil, true, len, any = 1, 2, 3, 4, 5
	_, _, _, _, _ = int, nil, true, len, any
}
