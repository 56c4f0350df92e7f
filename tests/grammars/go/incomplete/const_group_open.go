package p

const (
	a = iota
	b