for ([a] in b;;) {}
