const a = b
(c)
