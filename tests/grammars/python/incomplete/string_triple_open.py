'''A docstring
over lines, with 'quotes' and
