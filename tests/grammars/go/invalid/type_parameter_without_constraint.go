package p

func f[P, Q]() {}
