package p

var x = "\z"
