package p

type T1[P *C,] int

type T2[P interface{ *C }] int

type T3[P *C | *D, Q any] int
