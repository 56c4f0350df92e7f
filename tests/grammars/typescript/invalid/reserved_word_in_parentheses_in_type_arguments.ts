f<(return) | a>;
