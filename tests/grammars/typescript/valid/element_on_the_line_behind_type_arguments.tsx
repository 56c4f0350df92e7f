f<T>
<n/> + a
f<T>
<n/> | a
f<T>
<></>
f<T>
<n></n> ? a : b
