package p

var x int

// the end