package p

var a <-chan <-chan T
var b chan<- chan T
var c chan (<-chan T)
var d <-chan (<-chan T)
var e chan<- <-chan T
var f = make(<-chan <-chan T, 1)
var g = (<-chan <-chan T)(x)
var h = (<-chan chan<- T)(x)
var i <-chan(T)
var j <-chan*T
var k <-chan[]T
var l = []<-chan(T){}
var m = chan int(x)
var n = <-chan int(x)
var o <-chan <-chan <-chan T
var q = f[<-chan <-chan(T)]()
