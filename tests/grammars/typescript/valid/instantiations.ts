f<a[]>;
x = z<c[]>;
y = [z<<d>(e: d) => f>, g];
