package p

const c
