"""What a parser expected at a place, in words."""

from __future__ import annotations

from collections.abc import Iterable

from lark import Token

_WORDS = {
    "DEFINED": "a rule",
    "RULE": "a rule's name",
    "TERMINAL": "a terminal's name",
    "STRING": "a string",
    "REGEX": "a regex",
    "NUMBER": "a number",
    "_COLON": "`:`",
    "_OR": "`|`",
    "_COMMA": "`,`",
    "_EQUALS": "`=`",
    "_RPAR": "`)`",
    "_RSQB": "`]`",
    "_RBRACE": "`}`",
    "_LPAR": "`(`",
    "_LBRACE": "`{`",
    "_IN": "`in`",
    "DOT": "`.`",
    "DEFAULT": "`default`",
    "COMPARISON": "`==`, `!=`, `<`, `<=`, `>` or `>=`",
    "UNDERSCORE": "`_`",
    "_IMPORT": "a statement",
    "_NL": "the end of the line",
}
"""What isn't named here is never the only thing that may stand there."""

_SYMBOL = {"RULE", "TERMINAL", "STRING", "REGEX", "_LPAR"}


def token_reason(token: Token, expected: Iterable[str]) -> str:
    """The reason why a token can't stand where it does."""
    names = {"_NL": "the end of the line", "$END": "the end of the file"}
    found = names.get(token.type, f"`{token}`")
    return f"unexpected {found}; expected {expected_words(expected)}"


def character_reason(text: str, offset: int, expected: Iterable[str]) -> str:
    """The reason why no token starts with the character at `offset`."""
    character = text[offset]
    line = text[offset:].split("\n", 1)[0]
    if character == '"':
        closed = line.count('"') > 1
        return "a string has an invalid escape" if closed else "this string is never closed"
    if character == "'":
        return "a string stands between double quotes"
    if character == "/":
        return "this regex is never closed"
    if character == "%":
        word = line.split()[0]
        return f"unknown directive `{word}`"
    shown = character if character.isprintable() else repr(character)[1:-1]
    return f"unexpected `{shown}`; expected {expected_words(expected)}"


def expected_words(expected: Iterable[str]) -> str:
    """Names of terminals of syntax.lark as a list in words."""
    names = set(expected)
    words = []
    if names >= _SYMBOL:
        names -= _SYMBOL
        words.append("a name, a string, a regex or `(`")
    words += [_WORDS[name] for name in _WORDS if name in names]
    if not words:
        return "something else"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
