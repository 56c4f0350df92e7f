while x:
    pass
else:
    pass
while(x): pass
