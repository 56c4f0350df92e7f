extern 'C' {}
