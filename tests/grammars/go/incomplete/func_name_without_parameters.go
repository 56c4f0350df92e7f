package p

func f