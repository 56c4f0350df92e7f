a = 'a' "b" '''c
d''' """e"""
b = r'\d' R"\\" u'ü' U"ü"
c = b'a' B"b" rb'\d' Rb'\d' bR'\d'
