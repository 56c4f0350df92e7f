iffy = notx = inside = isolated = 1
x = iffy if notx else inside
returned = orange and android
