const while = 1;
