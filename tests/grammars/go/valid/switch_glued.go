package p
func f(){switch x{case(1):case-1:case"a",'b':case[]int{1}[0]:default:}}
