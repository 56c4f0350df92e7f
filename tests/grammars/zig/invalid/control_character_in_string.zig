const a = "b	c";
