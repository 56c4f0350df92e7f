f<T>
<n/>
<m/>
