x package p
