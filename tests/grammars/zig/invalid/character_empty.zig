const a = '';
