package p

func f() {
	a = b+-c*^d
	a = b-+c
	a = b&-c&+d
	a = b|^c
	a = !b
	a = *b**c
	a = b<<-c
	a = b<= -c
	a = b&&!c
	c<-d
	c<- -d
	c<-<-d
}
