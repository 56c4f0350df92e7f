const é = 1;
