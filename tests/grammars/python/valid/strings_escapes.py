s = '\n\t\\\'\"\a\0\177\x41\u00e9\U0001F600'
t = 'line\
break'
b = b'\x00\xff\\'
