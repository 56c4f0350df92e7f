const a = b[];
