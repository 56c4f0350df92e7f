f'{x +
   y}'
