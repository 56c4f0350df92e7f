import a from;
