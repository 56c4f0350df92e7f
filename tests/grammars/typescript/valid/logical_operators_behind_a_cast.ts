a as b || [c(1)];
d as e && f[0];
