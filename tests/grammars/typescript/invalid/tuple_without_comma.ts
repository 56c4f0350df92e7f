type A = [string number];
