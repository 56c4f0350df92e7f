package p

func a[P any]()                             {}
func b[S interface{ ~[]byte | string }]()   {}
func c[S ~[]E, E any](s S)                  {}
func d[P Constraint[int]]()                 {}
func e[_ any]()                             {}
func g[A, B any, C ~int | ~string](A, B, C) {}
