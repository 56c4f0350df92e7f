package p

func f() {
	for i, x := range testdata.a {
	}
	for range ch {
	}
	for w := range ch {
	}
	for key, val = range m {
		h(key, val)
	}
	for i := range 10 {
	}
	for range 3 {
	}
	for x, y := range iter.Seq2(f) {
	}
	for a[0] = range x {
	}
	for _, x := range []T{{1}, {2}} {
	}
	for range(x) {
	}
}
