x = a as Array<any> as any
y = new Set<T> as any
z = a as unknown as A<b>
for (a = b, c >>>= 1; ; ) x
