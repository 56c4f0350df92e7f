const a = `$ {} $$ ${b}}$`;
