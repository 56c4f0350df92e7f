package p

var a = []byte(s)
var b = [3]T(s)
var c = map[K][]V(m)
var d = func() int(f)
var e = func() (int, error)(f)
var g = []func() T(f)
var h = [](func())(f)
var i = (func())(f)
var j = interface{ m() }(x)
var k = struct{ a int }(x)
var l = map[K]func() *T(m)
var m = []func(){}
var n = map[K]func(){k: f}
var o = [2]func() func(){nil, nil}

func f() {
	[]int(x)
	(*[]T)(x)
	defer ([]T)(x)
	go interface{}(x)
	map[K]V(x)
}
