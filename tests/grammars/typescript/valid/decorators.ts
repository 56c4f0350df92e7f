@a
@b.c(1)
class A {
  @d() e: string;
  @f
  g() {}
  h(@i() j: number) {}
}
export default @k class {}
