f'{a}{a!r}{a!s:>10}{a:{width}.{precision}}{a=}{a = !r:^20}{{}}'
