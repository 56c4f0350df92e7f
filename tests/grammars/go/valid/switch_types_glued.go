package p
func f(){switch x.(type){case*T,int:case[]int:case(func()):default:}}
