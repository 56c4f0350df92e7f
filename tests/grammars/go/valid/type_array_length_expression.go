package p

type T1 [N]int

type T2 [N * 2]int

type T3 [len(x) + 1][2]int

type T4 [P * C][4]int
