package p

func f() {
	x = 1
	*p = f()
	a[i] = 23
	(k) = <-ch
	a, b = b, a
	x, _, _ = f()
	a[i] <<= 2
	i &^= 1 << n
	x += -1
	x %= 2
	x |= y
	x ^= y
	x &= y
	x >>= 1
	x *= 2
	x /= 3
	x -= 4
}
