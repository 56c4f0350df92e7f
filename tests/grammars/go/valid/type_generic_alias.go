package p

type Set[P comparable] = map[P]bool

type A[P any] = P
