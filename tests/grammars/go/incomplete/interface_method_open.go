package p

type I interface {
	m(a int