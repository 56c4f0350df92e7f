package p

var x = g(1,
	2,
)

var y = a[
	1]

var z = []int{
	1,
	2,
}
