package p

var x <-chan <-chanable
