[x for x in y]
{x for x in y if z if w}
{k: v for k, v in d.items()}
(x for x, in y for z in x)
[x async for x in y]
[a for b.c in d]
sum(x for x in y)
