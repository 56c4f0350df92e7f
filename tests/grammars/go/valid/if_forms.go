package p

func f() {
	if x > max {
		x = max
	}
	if x := f(); x < y {
		return
	} else if x > z {
		return
	} else {
		return
	}
	if !ok {
	}
	if (x) {
	}
	if x == (T{1}) {
	}
	if ; x {
	}
}
