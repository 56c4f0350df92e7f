package p

var func int
