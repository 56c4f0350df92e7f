package p

type I interface {
	Read([]byte) (int, error)
	Close() error
	io.Writer
	G[int]
	~int | ~string | []byte
	comparable
	*T
	interface{ m() }
}
