x = f"""a {
    b(
        c,
        d[e],
    )
} {
    ", ".join(
        [f"'{x}'" for x in y]
    )
    if z
    else ""
}"""
