package p

func f() {
	ch <- 3
	ch <- <-d
	x++
	y.z[1]--
	(*p)++
	*p++
}
