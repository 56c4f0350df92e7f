x = f"{x!r:
}"
