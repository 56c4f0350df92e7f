package p

type Point struct{ x, y float64 }

type (
	A     = string
	B     A
	polar Point
)
