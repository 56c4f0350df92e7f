package p

func f() {
	x.y.z()
	x().y[1].z(2)[3](4)
	(*p).q()
	x.(T).y()
	_ = x.(*T).a[1]
}
