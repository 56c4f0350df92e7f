f'''{x  # why
}'''
