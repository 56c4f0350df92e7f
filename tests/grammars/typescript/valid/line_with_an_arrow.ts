f(name
  => name, async (name)
  => name);
