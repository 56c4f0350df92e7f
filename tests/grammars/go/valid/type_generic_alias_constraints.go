package p

type A[P *C,] = int

type B[P, Q *C] = int

type D[P *[]int] = int

type E[P ~int | *C] = int

type F[P interface{ *C }] = int

type G[K comparable, V (any)] = map[K]V
