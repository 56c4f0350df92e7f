package p

func f() {
	x := func[T any](t T) {}
}
