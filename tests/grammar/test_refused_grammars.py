"""What is wrong with a grammar is said at its place, and what to do next."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from maze.errors import GrammarError
from maze.grammar import available, check, expand, load, load_file
from maze.request import Grammar


def refusal(source: str) -> GrammarError:
    with pytest.raises(GrammarError) as error:
        check(expand(source, name="g.lark"))
    return error.value


def test_a_place_is_shown_with_line_and_caret() -> None:
    error = refusal('start: "a"\n     | expr_stmt NEWLINE\nexpression_stmt: "x"\nNEWLINE: "\\n"\n')
    assert str(error) == (
        "invalid grammar `g.lark`\n"
        "  at 2(8): undefined rule `expr_stmt`\n"
        "     2 |      | expr_stmt NEWLINE\n"
        "                ^"
    )
    assert error.hint == "did you mean `expression_stmt`?"


@pytest.mark.parametrize(
    ("source", "place", "reason", "hint"),
    [
        # ---- syntax
        ("start", (1, 6), "unexpected the end of the line; expected `:`, `{` or `.`", None),
        ("start: a )", (1, 10), "unexpected `)`; expected the end of the line", None),
        ("start: (a | b\nb: a", (1, 8), "this `(` is never closed", None),
        ('start: "a', (1, 8), "this string is never closed", None),
        (r'start: "\d"', (1, 8), "a string has an invalid escape", None),
        ("start: 'a'", (1, 8), "a string stands between double quotes", None),
        ("start: /a", (1, 8), "this regex is never closed", None),
        ("start: a %unless b", (1, 10), "unknown directive `%unless`", None),
        ('start: %json {"a": }', (1, 20), "invalid JSON: expecting value", None),
        ("start: %lark { (", (1, 14), "this `{` is never closed", None),
        ("start: " + "(" * 25, (1, 32), "brackets are nested too deeply", None),
        (
            'A.2: "a"',
            (1, 2),
            "llguidance has no priorities",
            "the longest match wins; subtract what shouldn't match, as in `/[a-z]+/ & ~KEYWORD`",
        ),
        ("%declare A", (1, 1), "llguidance has no `%declare`", None),
        (
            "start: a %if true %if true",
            (1, 8),
            "an alternative has two `%if`",
            "join them: `%if and(…, …)`",
        ),
        # ---- names
        ("start: A", (1, 8), "undefined terminal `A`", None),
        ('start: "a"\nb: c', (2, 4), "undefined rule `c`", None),
        (
            'start: "a"\nstart: "b"',
            (2, 1),
            "`start` is defined twice",
            "it is first defined in line 1",
        ),
        ("a{x, x}: x", (1, 6), "two parameters are called `x`", None),
        (
            "%import common.NAME",
            (1, 9),
            "`common` has no `NAME`",
            (
                "it has CNAME, CPP_COMMENT, CR, C_COMMENT, DECIMAL, DIGIT, ESCAPED_STRING, FLOAT,"
                " HEXDIGIT, INT, LCASE_LETTER, LETTER, LF, NEWLINE, NUMBER, SH_COMMENT,"
                " SIGNED_FLOAT, SIGNED_INT, SIGNED_NUMBER, SQL_COMMENT, UCASE_LETTER, WORD, WS,"
                " WS_INLINE, _EXP"
            ),
        ),
        (
            "%import unicode.LETTER",
            (1, 9),
            "`unicode.LETTER` is no library; there is only `common`",
            "write `%import .unicode.LETTER` for a file beside this one",
        ),
        (
            "%import .other (a)",
            (1, 10),
            "a grammar that isn't in a file can't import files",
            None,
        ),
        # ---- templates
        (
            'start: sep{"a"}\nsep{x, s}: x (s x)*',
            (1, 8),
            "template `sep` needs 2 arguments, not 1",
            "`sep{x, s}`",
        ),
        ("start: one\none{x}: x", (1, 8), "template `one` needs 1 argument", None),
        ('start: a{"x"}\na: "a"', (1, 8), "`a` is no template, so it takes no arguments", None),
        (
            'start: a{b}\na{x}: x a{a{x}}\nb: "b"',
            (2, 9),
            "template `a` is expanded without end",
            "each version of it needs another one; let `%when` end it",
        ),
        (
            'start: a{1}\na{n}: "a"~n a{n+1}',
            (2, 13),
            "template `a` is expanded without end",
            "each version of it needs another one; let `%when` end it",
        ),
        ("start: a{1}\na{n}: n", (2, 7), "`n` is a number, not a symbol", None),
        # ---- options and loops
        (
            'start: "a" %when python >= 3.12',
            (1, 18),
            "`python` is no option, parameter or loop variable",
            "declare an option: `%option python …`",
        ),
        (
            '%option python 3.11 3.12\nstart: "a" %when python >= 3.13',
            (2, 18),
            "option `python` has no value `3.13`",
            "it has 3.11, 3.12",
        ),
        (
            '%option python 3.11\nstart: "a" %when python >= 3.12',
            (2, 18),
            "option `python` has no value `3.12`",
            "it has 3.11",
        ),
        (
            'start: "a" %for w in columns',
            (1, 22),
            "undefined range `columns`",
            "define it: `%let columns = 1..9`",
        ),
        ('start: "a"~w', (1, 12), "`w` is no loop variable and no number", None),
        (
            'start: "a" %for w in 1..999999999',
            (1, 8),
            "the grammar expands to more than 400,000 symbols",
            None,
        ),
        # ---- what can't work
        (
            'start: a\na: b "x"\nb: "y" a',
            (2, 1),
            "rule `a` never ends: every alternative of it needs it again",
            "add an alternative that doesn't",
        ),
        (
            'start: a\na: "x" | b? a b*\nb: "y"',
            (2, 1),
            "rule `a` can be itself with nothing before or after it",
            "remove the alternative that leads back to it",
        ),
        (
            'start: A\nA: "x" A?',
            (2, 1),
            "terminal `A` contains itself",
            "write it as a rule, in lower case",
        ),
        (
            'start: A\nA: b\nb: "x"',
            (2, 4),
            "terminal `A` can't use the rule `b`",
            "a terminal is made of strings, regexes, terminals",
        ),
        (
            r"start: /\w+\b/",
            (1, 12),
            r"`\b`: llguidance's regexes have no word boundaries",
            "the longest match wins, so `/[a-z]+/` ends at a boundary by itself",
        ),
        (
            "start: /a[(?!]b(?!c)/",
            (1, 16),
            "`(?!`: llguidance's regexes have no look-around",
            "say what may follow in the rules, or subtract with `& ~`",
        ),
        (
            r"start: /(['\"]).*\1/",
            (1, 18),
            r"`\1`: llguidance's regexes have no back-references",
            "write one alternative for each case",
        ),
        # ---- what llguidance says, at the place in the source
        (
            'start: "a" | b\nb: "b" | /[z-a]/',
            (2, 4),
            'invalid regex "[z-a]": invalid character class range, the start must be <= the end',
            None,
        ),
        (
            'start: p::0\np::_: "a" | "b"',
            (1, 8),
            'rule "p" is parametric, but its body doesn\'t need parameters',
            None,
        ),
    ],
    ids=lambda value: value.split("\n")[0][:40] if isinstance(value, str) else "",
)
def test_refusals(source: str, place: tuple[int, int], reason: str, hint: str | None) -> None:
    error = refusal(source)
    assert error.location is not None
    assert ((error.location.line, error.location.column), error.reason, error.hint) == (
        place,
        reason,
        hint,
    )


def test_a_grammar_needs_a_start() -> None:
    error = refusal('a: "x"')
    assert str(error) == "invalid grammar `g.lark`\n  there is no rule `start`"
    assert error.hint == "name the rule for the whole text `start`"


def test_what_only_fails_when_a_matcher_is_made_is_found() -> None:
    error = refusal(
        'start: block::0\nblock::_: "a" | "x" suite::_\nsuite::_: "c" block::1 %if lt(_,1)'
    )
    assert error.reason == "a rule gets a constant `::` parameter while it is still being expanded"


def test_a_flat_grammar_from_elsewhere_is_checked_in_its_own_text() -> None:
    with pytest.raises(GrammarError) as error:
        check(Grammar("theirs", "start: foo", ""))
    assert str(error.value) == (
        "invalid grammar `theirs`\n"
        '  at 1(8): unknown name: "foo"\n'
        "     1 | start: foo\n"
        "                ^"
    )


# ---- files


def test_an_import_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text("%import .missing (a)\nstart: a\n")
    with pytest.raises(GrammarError) as error:
        load_file(path, cache_dir=tmp_path)
    assert error.value.reason == f"there is no file `{tmp_path / 'missing.lark'}`"
    assert error.value.location is not None
    assert (error.value.location.line, error.value.location.column) == (1, 10)


def test_files_that_import_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.lark").write_text("%import .b (y)\nstart: y\nx: y\n")
    (tmp_path / "b.lark").write_text("%import .a (x)\ny: x\n")
    with pytest.raises(GrammarError) as error:
        load_file(tmp_path / "a.lark", cache_dir=tmp_path)
    assert error.value.reason == f"`{tmp_path / 'a.lark'}` imports itself, by way of this import"
    assert error.value.location is not None
    assert error.value.location.file == str(tmp_path / "b.lark")


def test_an_error_in_an_imported_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.lark").write_text("%import .b (y)\nstart: y\n")
    (tmp_path / "b.lark").write_text("y: z\n")
    with pytest.raises(GrammarError, match=r"b\.lark`\n  at 1\(4\): undefined rule `z`"):
        load_file(tmp_path / "a.lark", cache_dir=tmp_path)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_bytes(b'start: "a"\n// \xe4\n')
    with pytest.raises(GrammarError) as error:
        load_file(path, cache_dir=tmp_path)
    assert error.value.reason == "line 2 isn't UTF-8 (byte 0xe4)"
    assert error.value.hint == "save the file as UTF-8"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="the file can't be read: no such file or directory"):
        load_file(tmp_path / "missing.lark", cache_dir=tmp_path)


def test_megabytes_of_rules_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text("start: r0\n" + "".join(f'r{i}: "a" r{i + 1}\n' for i in range(300_000)))
    start = time.perf_counter()
    with pytest.raises(GrammarError, match="the source is larger than 1 MB"):
        load_file(path, cache_dir=tmp_path)
    assert time.perf_counter() - start < 1


def test_a_long_chain_of_rules_is_no_problem() -> None:
    rules = "".join(f'r{i}: "a" r{i + 1}\n' for i in range(3_000))
    assert expand(f'start: r0\n{rules}r3000: "b"\n').text.count("\n") == 3_003


# ---- shipped grammars


def test_an_unknown_grammar_is_an_error_that_names_the_others() -> None:
    with pytest.raises(GrammarError) as error:
        load("cobol")
    assert str(error.value) == "invalid grammar\n  there is no grammar `cobol`"
    assert error.value.hint == f"there are: {', '.join(available())}"


def test_an_unknown_option_or_value_is_an_error() -> None:
    with pytest.raises(GrammarError, match="the grammar has no option `pyhton`") as error:
        load("python", options={"pyhton": "3.12"})
    assert error.value.hint == "there are: python, profile"
    with pytest.raises(GrammarError, match=r"option `python` has no value `2\.7`"):
        load("python", options={"python": "2.7"})
