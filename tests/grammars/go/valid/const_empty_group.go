package p

const ()

var ()

type ()
