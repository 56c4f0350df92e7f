f'{x +
 y}'
