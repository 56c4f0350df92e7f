type A string;
