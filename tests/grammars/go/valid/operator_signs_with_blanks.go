package p

func f() {
	a = b - -c
	a = b + +c
	a = b & &c
	a = b & ^c
	a = b < -c
	a = b &^ ^c
	a = - -b
	a = <-<-c
}
