package p

var a chan T
var b chan<- float64
var c <-chan int
var d chan<- chan int
var e chan<- <-chan int
var f <-chan <-chan int
var g chan (<-chan int)
var h *<-chan int
