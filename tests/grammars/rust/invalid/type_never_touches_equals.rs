const X:	!= 1;
