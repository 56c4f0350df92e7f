package p

type T[P **func()] = int
