"""vLLM behind the HTTP API: `engine` runs it, `plugin` changes what its constrained decoding does.

Both use parts of vLLM that it doesn't promise to keep: its version is pinned, and a test fails
when they have moved.
"""
