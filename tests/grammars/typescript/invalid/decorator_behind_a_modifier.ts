class A {
  public @b c;
}
