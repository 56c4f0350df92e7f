package p

type T[P *C | *[]C] int
