a
!b
let c = d
!(function () {})(), e
switch (a) {
  case 1:
    f
    !g ? h : i
}
