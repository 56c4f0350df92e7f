package p

var a q.T[int]
var b *q.T[[]int, map[string]q.U[bool]]
var c []T[int,]
