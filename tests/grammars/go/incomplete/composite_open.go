package p

var x = T{a: 1, 