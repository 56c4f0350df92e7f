package p

/* a
 * b