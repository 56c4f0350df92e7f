new A();
new a.b.C(1);
new (f())();
new A;
function F() {
  return new.target;
}
