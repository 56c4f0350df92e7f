package p

var x