const A: char = '';
