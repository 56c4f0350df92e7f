package p
var a = 1 /* one
*/ var b = 2
