match = case = type = _ = 1
match(case)
match[type] = match.case
print(match, -case)
