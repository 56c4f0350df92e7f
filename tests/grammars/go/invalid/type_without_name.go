package p

type struct{}
