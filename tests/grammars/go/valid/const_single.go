package p

const Pi float64 = 3.14159265358979323846

const a, b, c = 3, 4, "foo"
