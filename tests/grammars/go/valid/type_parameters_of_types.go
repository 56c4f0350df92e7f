package p

type A[P C] int
type B[P *C,] int
type D[P interface{ *C }] int
type E[P *C | ~int] int
type F[P *C | []C] = int
type G[P (func())] = int
type H[P *(func())] int
type I[P, Q *C] = int
type J[P *C, Q any] = int
type K[P *[]C] int
type L[P ~[]E, E any] = []E
