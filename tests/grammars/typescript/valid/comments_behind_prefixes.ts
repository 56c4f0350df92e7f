let a = typeof /* b */ c, d = - /* e */ /* f */ g;
let h = - // i
  /j/;
let k = l > /* m */ // n
  o, p = typeof /* q */ /* r
 */ s;
