let a: B<C>;
function f() {
  b: C<D> | E<f, g>
}
h({ i?: j, k })
