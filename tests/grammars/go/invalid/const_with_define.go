package p

const a := 1
