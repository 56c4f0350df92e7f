package p

var a (int)
var b *(T)
var c [](func())
var d func((int)) (string)
