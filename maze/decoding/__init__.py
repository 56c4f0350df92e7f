"""Constrained decoding in this process: matcher, token mask, sampling, token budget."""
