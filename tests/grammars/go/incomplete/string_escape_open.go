package p

var x = "a\u12