const A: char = 'ab';
