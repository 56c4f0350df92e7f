package p

var (
	a int;
	b int; )

type T struct { a int; b int; }
