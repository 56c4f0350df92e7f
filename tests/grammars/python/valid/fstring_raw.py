rf'\d{x}\{y}' fR"{z}\n" f'\\{x}\''
