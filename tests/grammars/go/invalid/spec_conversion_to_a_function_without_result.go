package p

var x = func() func()(y)
