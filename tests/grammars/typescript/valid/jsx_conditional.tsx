function A() {
  return a ? <b /> : c && <d>{e}</d>;
}
