f<T>
<a>b ** c
