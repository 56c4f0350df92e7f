months = [  # in any year
    'January',
    'February',  # short

]
call(
    1,
    )
