package p

var a func()
var b func(x int) int
var c func(a, _ int, z float32) bool
var d func(a, b int, z float32) bool
var e func(prefix string, values ...int)
var f func(a, b int, z float64, opt ...interface{}) (success bool)
var g func(int, int, float64) (float64, *[]int)
var h func(n int) func(p *T)
var i func(...int)
