package p

func f() {
	_ = Point3D{}
	_ = Line{origin, Point3D{y: -4, z: 12.3}}
	_ = [10]string{}
	_ = [...]string{"Sat", "Sun"}
	_ = []int{1, 2: 3, 4}
	_ = map[string]Point{"orig": {0, 0}}
	_ = [][]Point{{{0, 1}, {1, 2}}}
	_ = map[Point]string{{0, 0}: "orig"}
	_ = &q.T{1}
	_ = G[int]{}
	_ = &Pair[int, string]{1, "a"}
	_ = []*T{{}, {a: 1}}
}
