package p

func f() {
	_ = a || b && c == d + e*f
	_ = !a != b
	_ = a%b<<c>>d&e&^f|g^h
	_ = <-c
	_ = -a - +b
	_ = &x.y
	_ = *p.q
	_ = ^0
	_ = a <= b == (c >= d)
	_ = a.b > c.d
}
