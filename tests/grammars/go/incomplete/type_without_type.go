package p

type T