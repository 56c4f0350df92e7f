a as b | [c(1)];
