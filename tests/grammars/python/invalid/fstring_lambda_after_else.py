x = f"{a if b else lambda: c}"
