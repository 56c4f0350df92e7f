package p

func f() {
	switch T{}.x {
	}
}
