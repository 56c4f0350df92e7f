x = [async a
  => b];
