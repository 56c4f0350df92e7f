type /* a */ B = /* c */ d;
throw /* e */ f;
x = typeof /g/ + ! /h/;
