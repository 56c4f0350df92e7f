/* a */ let b;
