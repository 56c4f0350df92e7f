const a = `b${}`;
