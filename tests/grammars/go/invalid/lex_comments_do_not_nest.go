package p

/* a /* b */ c */
