package p /* c */

func f( /* c */ x int, y /* c */ []int, z /* c */ ...T) /* c */ {
	a := /* c */ b + /* c */ c /* c */ *d
	g(a /* c */, - /* c */ b, 0 /* c */ |1)
	h( /* c */ )
	if /* c */ a == b /* c */ {
	} else /* c */ {
	}
	switch {
	case /* c */ a /* c */ :
		/* c */ /* d */ i() // e
	}
	for i := 0; /* c */ i < n; /* c */ i++ {
	}
	t. /* c */ m /* c */ ()
	_ = []int{ /* c */ 1 /* c */, 2}
	_ = []int{
		/* 0 */ 1, 2,
		/* 2 */ 3,
		/* c */}
	_ = map[K] /* c */ V{k: /* c */ v}
	return /* c */ a
}

type T struct {
	a/* c */ []int
	b/* c */ int /* c */
	p.T /* c */ [int]
}
