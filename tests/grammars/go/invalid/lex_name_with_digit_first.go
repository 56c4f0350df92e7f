package p

var 1a int
