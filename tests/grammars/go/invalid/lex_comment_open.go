package p

/* a
