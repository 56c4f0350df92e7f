"""Constrained decoding in this process: matcher, token mask, sampling, token budget."""

from maze.decoding.loop import Decoding, LanguageModel, Piece, decode
from maze.decoding.matcher import Matcher
from maze.decoding.sampling import Draw, Sampler
from maze.decoding.vocabulary import Vocabulary

__all__ = [
    "Decoding",
    "Draw",
    "LanguageModel",
    "Matcher",
    "Piece",
    "Sampler",
    "Vocabulary",
    "decode",
]
