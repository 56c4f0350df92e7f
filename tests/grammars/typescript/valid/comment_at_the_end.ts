a;
// b
