f(async name
  => name);
