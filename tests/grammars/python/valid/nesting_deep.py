if a:
 if b:
  if c:
   while d:
    for e in f:
     with g:
      try:
       h
      except: i
     j
   else: k
