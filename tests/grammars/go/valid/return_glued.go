package p
func f()int{if a{return(1)}
return-1}
func g()string{return"a"}
