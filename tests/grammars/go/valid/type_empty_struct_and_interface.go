package p

var a struct{}
var b interface{}
var c = struct{}{}
var d = []interface{}{1, "a"}
var e any = struct{ x int }{1}
