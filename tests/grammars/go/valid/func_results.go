package p

func a() int                 { return 0 }
func b() (int, error)        { return 0, nil }
func c() *T                  { return nil }
func d() []int               { return nil }
func e() func() int          { return nil }
func g() <-chan int          { return nil }
func h() interface{ m() }    { return nil }
func i() struct{ x int }     { return s }
func j() map[string]struct{} { return nil }
func k() chan struct{}       { return nil }
