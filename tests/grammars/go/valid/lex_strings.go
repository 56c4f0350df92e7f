package p

var _ = []string{"", "\n", "\"", "Hello, world!\n", "日本語", "\u65e5本\U00008a9e", "\xff\u00FF", "'", "//", "/*"}
