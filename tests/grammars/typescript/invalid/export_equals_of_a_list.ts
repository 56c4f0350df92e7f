export = a, b;
