package p

var _ = []string{``, `\n
\n`, `"`, `// no comment
	/* nor this
`}
