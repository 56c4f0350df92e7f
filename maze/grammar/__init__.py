"""Grammars: `.lark` source -> the flat text that llguidance takes."""

from maze.grammar.load import LoadedGrammar, check, expand, load, load_file
from maze.grammar.shipped import available

__all__ = ["LoadedGrammar", "available", "check", "expand", "load", "load_file"]
