package p

const c =