package p

var i int

var U, V, W float64

var k = 0

var x, y float32 = -1, -2

var (
	i2      int
	u, v, s = 2.0, 3.0, "bar"
)

var _, found = entries[name]
