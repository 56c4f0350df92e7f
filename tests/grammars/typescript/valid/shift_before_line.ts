if (a) b = 1 << c
else d()
b = 1 << c
export { b }
