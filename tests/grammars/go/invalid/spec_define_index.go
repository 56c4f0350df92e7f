package p

func f() {
	a[0] := 1
}
