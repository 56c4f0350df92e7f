a /* one
two */ b
