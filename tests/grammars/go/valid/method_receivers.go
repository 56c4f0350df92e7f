package p

func (T) a()             {}
func (t T) b()           {}
func (t *T) c()          {}
func (*T) d()            {}
func (p Pair[A, B]) e()  {}
func (p *Pair[A, _]) g() {}
func (t (T)) h()         {}
func (t T,) i()          {}
func (_ *(T)) j()        {}
