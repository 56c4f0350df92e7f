package p

var x = 4__2
