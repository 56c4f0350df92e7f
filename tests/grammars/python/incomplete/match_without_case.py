match x:
    