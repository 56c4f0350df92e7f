s = 'a' f'{b}' r'c' f'd'
