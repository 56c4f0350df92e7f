package p

var x = a/b/c + a/1/.5/'x'/"s"/`r`
var y = f(a/(b), a/p.T{1}.x, a/T[int]{}.x, a/T[int](b)/g[c, d](e), a/(*T)(b), a/(func())(b))
var z = a/-b + a / *b + a/ /* c */ b
