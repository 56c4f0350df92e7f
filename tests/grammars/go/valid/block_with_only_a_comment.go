package p

func noop() { /* nothing */ }

var x = func() { /* a */ /* b */ }

func f() {
	go func() { /* c */ }()
}
