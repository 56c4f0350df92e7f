package p

type List[T any] struct {
	next *List[T]
	val  T
}

type Pair[K comparable, V any] struct {
	key K
	val V
}
