package p

/*
#include <stdio.h>
int f(int *p) { return *p; }
*/
import "C"
