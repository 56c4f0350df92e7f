s = '\N{LATIN SMALL LETTER A}\N{EM DASH}\N{less-than sign}'
