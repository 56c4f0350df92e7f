a ??= b;
a ||= c;
a &&= d;
const e = a ?? b;
