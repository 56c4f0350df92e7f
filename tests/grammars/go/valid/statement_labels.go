package p

func f() {
	outer:
	for {
		break outer
		continue outer
	}
	goto end
	L1: L2: x()
	end:
}
