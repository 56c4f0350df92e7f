package p

const (
	u, v float32 = 0, 3
	size int64   = 1024
	eof          = -1
)
