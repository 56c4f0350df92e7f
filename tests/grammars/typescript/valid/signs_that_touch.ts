a + +b;
c+-d;
e+!f;
g
++h;
i+typeof j;
k
--l
++m
