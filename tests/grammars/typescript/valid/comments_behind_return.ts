function f() {
  if (a) return 
  return /* b */ c
}
function g() { return }
function h() { return /* i */ ; }
