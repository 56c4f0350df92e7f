from a importb
