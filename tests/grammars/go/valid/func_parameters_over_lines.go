package p

func f(
	a int,
	b string,
) (
	int,
	error,
) {
	return 0, nil
}
