"""What is wrong with a grammar is said at its place, and what to do next."""

from __future__ import annotations

import os
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


def test_control_characters_are_not_shown() -> None:
    error = refusal('start: "\x1b[31m" b\n')
    assert str(error) == (
        "invalid grammar `g.lark`\n"
        "  at 1(8): a string has an invalid escape\n"
        '     1 | start: " [31m" b\n'
        "                ^"
    )
    assert refusal("start: \x1b").reason.startswith("unexpected `\\x1b`; expected ")


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
        (
            "%import common.INT -> int",
            (1, 9),
            "a rule stays a rule and a terminal a terminal",
            None,
        ),
        # ---- templates
        (
            'start: sep{"a"}\nsep{x, s}: x (s x)*',
            (1, 8),
            "template `sep` needs 2 arguments, not 1",
            "`sep{x, s}`",
        ),
        (
            'start: sep{A,}\nsep{x, s}: x (s x)*\nA: "a"',
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
        ("%let a = a\nstart: /x/ %for w in a", (1, 10), "`a` is defined by itself", None),
        (
            "%let a = 1, b\n%let b = a\nstart: /x/ %for w in a",
            (2, 10),
            "`a` is defined by itself",
            None,
        ),
        (
            'start: "a"' + " %for i in 1" * 9,
            (1, 113),
            "more than 8 loops are nested",
            None,
        ),
        ('start: "a" %for i in 2..1', (1, 22), "the range `2..1` is empty", None),
        (
            '%option x a b\n%let n = 1 %when x == a\nstart: "a" %for i in 1..999999999 %for j in n',
            (3, 17),
            "the grammar expands to more than 400,000 symbols",
            None,
        ),
        ('start: "a"~' + "1" * 5_000, (1, 12), "a number has at most 9 digits", None),
        (
            "start: a::0x" + "1" * 17 + "\na::_: /x/ %if eq(_, 1)",
            (1, 11),
            "a hexadecimal number has at most 16 digits",
            None,
        ),
        (
            'start: "a" %for i in 1 %when i == 1234567890',
            (1, 30),
            "a number has at most 9 digits",
            None,
        ),
        (
            'start: "a" %for i in 1..1.5',
            (1, 22),
            "a range is made of whole numbers, and its step isn't 0",
            None,
        ),
        (
            'start: %json {"a": ' + "[" * 100_000,
            (1, 14),
            "this JSON is nested too deeply",
            None,
        ),
        (
            "%option v 1 2\nstart: A\nA: /[a-z]+/ & ~(B | C)\nB: C\nC: /c/ %when v == 1",
            (3, 15),
            "nothing is left that could be taken away",
            None,
        ),
        (
            "%option v 1 2\nstart: a\na[stop=C]: /[a-z]+/ | C\nC: /c/ %when v == 1",
            (3, 8),
            "`C` has no alternative left, so nothing can be taken from it",
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
            'start: "a"\n%ignore b\nb: "x"',
            (2, 9),
            "%ignore can't use the rule `b`",
            "a terminal is made of strings, regexes, terminals",
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
            "start: /a{2}?b/",
            (1, 10),
            "`{2}?`: llguidance's regexes have no lazy repetition",
            "write the end into the regex: `/[^x]*x/`",
        ),
        (
            r"start: /\p{L}+?x/",
            (1, 14),
            "`+?`: llguidance's regexes have no lazy repetition",
            "write the end into the regex: `/[^x]*x/`",
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


def test_arguments_that_are_shared_take_no_time() -> None:
    ten = ",".join(["x"] * 10)
    parameters = ",".join(f"p{i}" for i in range(10))
    error = refusal(f'start: a{{b}}\na{{x}}: x | a{{p{{{ten}}}}}\np{{{parameters}}}: "p"\nb: "b"\n')
    assert error.reason == "template `a` is expanded without end"


# ---- files


def test_an_import_that_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.lark")
    (tmp_path / "zero.lark").symlink_to("/dev/zero")
    (tmp_path / "directory.lark").mkdir()
    for name, reason in {
        "fifo": "it is no regular file",
        "zero": "it is no regular file",
        "directory": "is a directory",
    }.items():
        path = tmp_path / "g.lark"
        path.write_text(f"%import .{name} (a)\nstart: a\n")
        with pytest.raises(GrammarError) as error:
            load_file(path, cache_dir=tmp_path)
        assert error.value.location is not None
        assert error.value.reason == (f"`{tmp_path / name}.lark`: the file can't be read: {reason}")


def test_a_device_is_no_grammar(tmp_path: Path) -> None:
    with pytest.raises(GrammarError) as error:
        load_file(Path("/dev/zero"), cache_dir=tmp_path)
    assert str(error.value) == (
        "invalid grammar `/dev/zero`\n  the file can't be read: it is no regular file"
    )


def test_a_grammar_may_come_through_a_pipe(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b'start: "a"\n')
    os.close(writing)
    text = load_file(Path(f"/dev/fd/{reading}"), cache_dir=tmp_path).text
    os.close(reading)
    assert text == '%llguidance {}\nstart: "a"\n'


def test_an_import_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text("%import .missing (a)\nstart: a\n")
    with pytest.raises(GrammarError) as error:
        load_file(path, cache_dir=tmp_path)
    assert error.value.reason == f"there is no file `{tmp_path / 'missing.lark'}`"
    assert error.value.location is not None
    assert (error.value.location.line, error.value.location.column) == (1, 10)


def test_a_name_that_an_import_has_taken(tmp_path: Path) -> None:
    (tmp_path / "names.lark").write_text('// Names.\nNAME: "x"\n')
    (tmp_path / "g.lark").write_text('%import .names (NAME)\nNAME: "z"\nstart: NAME\n')
    with pytest.raises(GrammarError) as error:
        load_file(tmp_path / "g.lark")
    assert error.value.reason == "`NAME` is defined twice"
    assert error.value.hint == f"it is first defined in line 2 of `{tmp_path / 'names.lark'}`"


def test_files_that_import_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.lark").write_text("%import .b (y)\nstart: y\nx: y\n")
    (tmp_path / "b.lark").write_text("%import .a (x)\ny: x\n")
    with pytest.raises(GrammarError) as error:
        load_file(tmp_path / "a.lark", cache_dir=tmp_path)
    assert error.value.reason == f"`{tmp_path / 'a.lark'}` imports itself, by way of this import"
    assert error.value.location is not None
    assert error.value.location.file == str(tmp_path / "b.lark")


def test_imports_in_a_long_chain(tmp_path: Path) -> None:
    for index in range(40):
        text = f"%import .g{index + 1} (a)\nstart: a\n"
        (tmp_path / f"g{index}.lark").write_text(text)
    with pytest.raises(GrammarError) as error:
        load_file(tmp_path / "g0.lark", cache_dir=tmp_path)
    assert error.value.reason == "imports are nested more than 32 deep"
    assert error.value.location is not None
    assert error.value.location.file == str(tmp_path / "g31.lark")


def test_an_import_through_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "loop.lark").symlink_to(tmp_path / "loop.lark")
    path = tmp_path / "g.lark"
    path.write_text("%import .loop (a)\nstart: a\n")
    with pytest.raises(
        GrammarError, match=r"g\.lark`\n  at 1\(10\): `.*loop\.lark`: the file can't"
    ):
        load_file(path, cache_dir=tmp_path)


def test_ranges_nested_too_deeply_are_refused() -> None:
    lets = "".join(f"%let a{i} = a{i + 1}\n" for i in range(3_000))
    with pytest.raises(GrammarError) as error:
        expand(f'{lets}%let a3000 = 1\nstart: "x" %for i in a0\n')
    assert error.value.reason == "the grammar is nested too deeply"


def test_an_option_that_two_files_declare_in_two_ways(tmp_path: Path) -> None:
    (tmp_path / "a.lark").write_text("%import .b (y)\n%option v 1 2\nstart: y\n")
    (tmp_path / "b.lark").write_text('\n%option v 2 3\ny: "y" %when v == 3\n')
    with pytest.raises(GrammarError) as error:
        load_file(tmp_path / "a.lark", options={"v": "1"}, cache_dir=tmp_path)
    assert error.value.reason == "option `v` is declared in another way elsewhere"
    assert error.value.hint == f"in `{tmp_path / 'a.lark'}` it has 1, 2, and 2 is the default"
    assert error.value.location is not None
    assert error.value.location.file == str(tmp_path / "b.lark")
    assert error.value.location.line == 2


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
    with pytest.raises(GrammarError, match="the source is larger than 250 kB"):
        load_file(path, cache_dir=tmp_path)
    assert time.perf_counter() - start < 1


def test_a_misspelt_name_is_looked_for_among_the_first_thousand() -> None:
    rules = "".join(f'rule_{i}: "x"\n' for i in range(1_500))
    assert refusal(f"start: rul_999\n{rules}").hint is not None
    assert refusal(f'start: zebraa\n{rules}zebra: "x"\n').hint is None


@pytest.mark.parametrize("line", ["// c\n", "\n", "  # c\n", " \r\n"])
def test_many_empty_lines_are_read_in_linear_time(line: str) -> None:
    lines = line * 10_000
    start = time.perf_counter()
    assert expand(f'{lines}start: ("x"\n{lines} "y")\n{lines}').text
    assert time.perf_counter() - start < 5


def chain(length: int) -> str:
    rules = "".join(f'r{i}: "a" r{i + 1}\n' for i in range(length))
    return f'start: r0\n{rules}r{length}: "b"\n'


def test_a_long_chain_of_rules_is_no_problem() -> None:
    check(expand(chain(900)))


def test_a_chain_of_rules_that_would_overflow_the_stack_is_refused() -> None:
    with pytest.raises(GrammarError) as error:
        expand(chain(3_000))
    assert str(error.value) == (
        "invalid grammar `grammar`\n"
        "  at 2002(1): `r2000` leads through more than 1,000 rules and groups,"
        " each inside the one before\n"
        '  2002 | r2000: "a" r2001\n'
        "         ^"
    )
    assert error.value.hint == "write what is repeated as `(…)*`"


def test_groups_in_a_chain_of_rules_count_too() -> None:
    rules = "".join(f'r{i}: {"(" * 20}"a" r{i + 1}{")" * 20}\n' for i in range(50))
    with pytest.raises(GrammarError, match="`r2` leads through more than 1,000 rules and groups"):
        expand(f'start: r0\n{rules}r50: "b"\n')


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
