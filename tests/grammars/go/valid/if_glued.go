package p
func f(){if(x){y()}else if(z){w()}else if!a{}else{}}
