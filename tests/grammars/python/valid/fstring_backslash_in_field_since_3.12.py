f'{'\n'.join(lines)}'
