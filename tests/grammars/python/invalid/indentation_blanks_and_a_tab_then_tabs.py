if a:
        	b
		c
