f<T>
<a>b + c
f<T>
<a>b as c
f<T>
<a>b ? c : d
f<T>
<a>b < c
f<T>
<a>b | c
f<T>
<a>-b
