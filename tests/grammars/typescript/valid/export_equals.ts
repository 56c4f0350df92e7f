export = a;
