x: for (;;) {
  break
  x
}
