a = rf"\x{b:02x}\u\N"
c = fr'\d{e}\\{f!r}'
g = rf"""\x{h}
\{i}"""
