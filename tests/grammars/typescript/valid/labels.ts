outer: for (;;) {
  inner: while (true) {
    continue outer;
  }
}
