x = a ifb else c
