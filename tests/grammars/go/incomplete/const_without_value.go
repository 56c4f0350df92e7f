package p

const c