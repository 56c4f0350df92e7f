"""Grammars: `.lark` source -> the flat text that llguidance takes.

>>> from maze.grammar import check, load
>>> grammar = load("python", options={"python": "3.12", "profile": "full"})
>>> check(grammar)

The language of the sources is Lark as llguidance 1.7 takes it, with templates, imports of files,
options and loops; docs/grammar-language.md describes it:

    %option python 3.10 3.11 3.12
    %import .numbers (NUMBER)
    start: sum{BLANK} | match{BLANK}  %when python >= 3.10
    sum{blank}: term{blank} (SYM{"+", blank} term{blank})*
    block::_: line | block::_ NL{w} line  %if eq(_, w)  %for w in 0..40
    SYM{text, blank}: text blank*

The way: `source` (a file's text) -> `parse`, `build` (`nodes`) -> `module` (names, imports) ->
`checks` -> `expansion` (templates, loops, conditions; `symbols`, `conditions`, `pruning`) ->
`checks` again -> `flat` (the text, and where each place of it comes from). `cache` keeps the
result by content; `engine` is llguidance's own opinion of it. `lark` is imported only to parse.
"""

from maze.grammar.load import LoadedGrammar, check, expand, load, load_file
from maze.grammar.shipped import available

__all__ = ["LoadedGrammar", "available", "check", "expand", "load", "load_file"]
