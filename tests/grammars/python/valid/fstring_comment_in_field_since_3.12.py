f'{
    x  # why
}'
