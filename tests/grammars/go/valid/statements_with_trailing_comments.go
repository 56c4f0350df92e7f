package p

func f() {
	return // nothing
	break // out
	x := 1 // one
	x++ // two
	f( // three
		1, // four
	) // five
	if x { // six
	} // seven
}
