a<b> = c;
function f() {
  property: A<B> = {}
}
