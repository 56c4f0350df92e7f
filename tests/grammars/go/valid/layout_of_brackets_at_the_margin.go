package p

import (
// a
)

const (
	a = iota // b
	// c
)

var x = f(
	a,
	b,
)

var y = []T{
	{
		a: 1,
	},
	// c
}

var z = T{
	// c
}

var t =
// c
[...]int{
	1,
}

type T struct {
	// c
}

type I interface {
	m(
		a int,
		b int,
	) (
		c int,
		err error,
	)
}

func f[
	P any,
	Q any,
](
	a P,
) {
	// c
}
