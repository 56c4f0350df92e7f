type /* a */ B = /* c */ d;
throw /* e */ f;
x = ! /h/;
throw /i/;
throw
	j;
