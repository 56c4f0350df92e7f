package p

var a [32]byte
var b [2 * N]struct{ x, y int32 }
var c [1000]*float64
var d [3][5]int
var e []*T
var f map[string]int
var g map[*T]struct{ x, y float64 }
var h map[string]interface{}
var i map[[2]int][]func()
