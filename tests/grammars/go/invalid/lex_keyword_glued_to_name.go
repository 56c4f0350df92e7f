package p

typeT int
