const a = 'ab';
