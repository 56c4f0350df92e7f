fn f() {
	a;
	b;
}
