@a // c
class A {
  @b // c
  c;

  @d
  // e
  f;
}
