impl async T {}
