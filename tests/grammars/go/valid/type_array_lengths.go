package p

type A [n]int
type B [n + m[0]]int
type C [p.n[0]]int
type D [f(x)[0]]int
type E [(n[0])]int
type F [-n[0]]int
type G [len(x)][m[0]]int
type H [T{}.x]int
type I [p.T[int]{1}.x]int
type J ([m[0]]int)
type K[P any] [m[0]]P
type L = [m[0]]int
type M [1 << 3]*[n / 2]int
type N [unsafe.Sizeof(x)*8 - 1]byte
type O [[]int{1}[0]]int
