package p

type I interface {
	a int
}
