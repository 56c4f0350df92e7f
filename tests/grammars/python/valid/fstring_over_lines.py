f'''{
    a
    + b:>{
        width}}
'''
