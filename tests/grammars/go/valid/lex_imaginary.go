package p

var _ = []complex128{0i, 0123i, 0o123i, 0xabci, 0., 0.i, 2.71828i, 1.e+0i, 1e6i, .25i, 0x1p-2i, 09i}
