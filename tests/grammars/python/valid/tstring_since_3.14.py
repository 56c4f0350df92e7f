t = t'Hello {name!r:>{width}}' rt"\d{x}" T'' tr'''{y}'''
