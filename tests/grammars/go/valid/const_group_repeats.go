package p

const (
	Sunday = iota
	Monday
	_
	Wednesday, Four = iota, 4
	Thursday, Five
)
