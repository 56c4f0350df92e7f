function f() {
  if (a) return // b
  else [c] = d
  do e++
  while (g)
}
