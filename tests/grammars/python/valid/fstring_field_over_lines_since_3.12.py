x = f"""a {
    b  # c
} {
    c!r
}"""
y = f"{ c
  }"
