/* a */ package /* b */ p // c
/* d */
func /* e */ f( /* f */ ) /* g */ { // h
	/* i */ x := /* j
 */ 1 /* k */ ; _ = x /* l */
}
