const a = `b${c;
