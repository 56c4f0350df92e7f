"""The grammar language, by what its sources become: docs/grammar-language.md in examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from maze.errors import GrammarError, UsageError
from maze.grammar import check, expand, load_file
from tests.conformance.acceptor import Acceptor


def flat(source: str, options: Mapping[str, str] | None = None) -> str:
    """The flat text without its first line, which is the same everywhere."""
    first, rest = expand(source, options=options).text.split("\n", 1)
    assert first == "%llguidance {}"
    return rest


def test_what_llguidance_takes_is_passed_on() -> None:
    source = r"""
start: first | second -> alias
     | third::3 | "a".."c" | <|token|> | @other
first[max_tokens=5]: /x+/i
?second: [A] (A | B)? A~2 B~1..3 A{2,} B{,4}
third::_: A %if eq(_, 3)
A: "a"i & ~/b/  # a comment
B: /[\/"]/  // another one
"""
    assert flat(source) == (
        'start: first | second -> alias | third::3 | "a".."c" | <|token|> | @other\n'
        "first[max_tokens=5]: /x+/i\n"
        "?second: [A] (A | B)? A{2} B{1,3} A{2,} B{0,4}\n"
        "third::_: A %if eq(_, 3)\n"
        'A: "a"i & ~/b/\n'
        'B: /[\\/"]/\n'
    )


def test_json_regexes_and_nested_grammars_keep_their_braces() -> None:
    source = """%llguidance {"allow_initial_skip": true}
start: %json {"type": "object", "x": {"#": "}"}} | %regex {"substring_chars": "ab"} | nested
nested: %lark {
  start: "{" /}/ }
"""
    assert expand(source).text == (
        '%llguidance {"allow_initial_skip": true}\n'
        'start: %json {"type": "object", "x": {"#": "}"}} '
        '| %regex {"substring_chars": "ab"} | nested\n'
        'nested: %lark {\n  start: "{" /}/ }\n'
    )


def test_only_what_the_start_needs_is_written() -> None:
    assert flat('start: A\nunused: B\nA: "a"\nB: "b"\n') == 'start: A\nA: "a"\n'


def test_terminals_of_llguidance_are_imported_when_they_are_used() -> None:
    source = "%import common (INT, WS)\n%import common.CNAME -> NAME\nstart: INT NAME\n"
    assert flat(source) == (
        "start: INT NAME\n%import common.INT -> INT\n%import common.CNAME -> NAME\n"
    )


def test_what_is_ignored_comes_last() -> None:
    assert flat('start: "a"\n%ignore BLANK+\nBLANK: " "\n') == (
        'start: "a"\nBLANK: " "\n%ignore BLANK+\n'
    )


def test_hexadecimal_escapes_become_those_of_the_older_dialect() -> None:
    assert flat(r'start: "\x41\\x41"') == 'start: "\\u0041\\\\x41"\n'


def test_a_definition_goes_on_in_the_next_line() -> None:
    source = 'start: "a"  // why\n\n     | ("b"\n        "c")\n  "d"\n     %if true\nother: "x"\n'
    assert flat(source) == 'start: "a" | ("b" "c") "d" %if true\n'


def test_braces_in_a_regex_may_be_optional() -> None:
    source = "start: /\\p{L}?x/ | /\\x{41}?/ | /\\u{41}?[}]?/\n"
    assert flat(source) == source
    check(expand(source))


def test_a_number_in_an_attribute_may_be_a_decimal() -> None:
    source = "start: a\na[temperature=0.7, max_tokens=5]: /x/\n"
    assert flat(source) == source
    check(expand(source))


def test_an_alternative_may_start_with_json_in_the_next_line() -> None:
    source = 'start: "x" |\n  %json {"type": "null"}\n'
    assert flat(source) == 'start: "x" | %json {"type": "null"}\n'


# ---- templates


def test_a_template_becomes_one_rule_for_each_set_of_arguments() -> None:
    source = """
start: sep{item, ","} sep{item, ";"} sep{item, ","}
sep{x, s}: x (s x)*
item: "i"
"""
    assert flat(source) == (
        "start: sep__item__comma sep__item__semi sep__item__comma\n"
        'sep__item__comma: item ("," item)*\n'
        'sep__item__semi: item (";" item)*\n'
        'item: "i"\n'
    )


def test_terminals_may_be_templates_and_arguments_of_templates() -> None:
    source = """
start: SYM{"if", BLANK} SYM{SYM{"(", BLANK}, /x/}
SYM{text, blank}: text blank*
BLANK: " "
"""
    assert flat(source) == (
        "start: SYM__IF__BLANK SYM__SYM__LPAR__BLANK__REGEX\n"
        'SYM__IF__BLANK: "if" BLANK*\n'
        "SYM__SYM__LPAR__BLANK__REGEX: SYM__LPAR__BLANK /x/*\n"
        'BLANK: " "\n'
        'SYM__LPAR__BLANK: "(" BLANK*\n'
    )


def test_a_parameter_may_hold_a_template() -> None:
    source = """
start: twice{digit}
twice{kind}: kind{"a"} kind{"b"}
digit{text}: text /[0-9]/
"""
    assert flat(source) == (
        "start: twice__digit\n"
        "twice__digit: digit__a digit__b\n"
        'digit__a: "a" /[0-9]/\n'
        'digit__b: "b" /[0-9]/\n'
    )


def test_braces_with_numbers_repeat_what_is_no_template() -> None:
    source = 'start: A{2} A{2,3} width{2}\nwidth{n}: A~n B{n}\nA: "a"\nB: "b"\n'
    assert flat(source) == ('start: A{2} A{2,3} width__2\nwidth__2: A{2} B{2}\nA: "a"\nB: "b"\n')


# ---- options and conditions


VERSIONS = """
%option python 3.9 3.10 3.11
start: "a" | "b" %when python >= 3.10 | "c" %when python < 3.10 | ("d" | "e" %when python == 3.11)
"""


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("3.9", 'start: "a" | "c" | ("d")\n'),
        ("3.10", 'start: "a" | "b" | ("d")\n'),
        ("3.11", 'start: "a" | "b" | ("d" | "e")\n'),
    ],
)
def test_alternatives_are_kept_when_their_condition_holds(version: str, expected: str) -> None:
    assert flat(VERSIONS, {"python": version}) == expected


def test_the_last_value_is_the_default_unless_one_is_marked() -> None:
    source = 'start: "a" %when size == small | "b" %when size == large\n'
    assert flat("%option size small large\n" + source) == 'start: "b"\n'
    assert flat("%option size small=default large\n" + source) == 'start: "a"\n'


def test_a_rule_without_alternatives_takes_with_it_what_needs_it() -> None:
    source = """
%option python 3.11 3.12
start: "def" parameters? "(" | "type" alias
parameters: "[" name "]" %when python >= 3.12
alias: parameters
name: "T"
"""
    assert flat(source, {"python": "3.11"}) == 'start: "def" "("\n'


def test_what_is_ignored_outlives_rules_without_alternatives() -> None:
    source = """
%option v 1 2
start: "a" x?
x: "b" %when v == 1
%ignore WS
%ignore X | COMMENT
WS: / +/
X: "x" %when v == 1
COMMENT: "#"
"""
    expected = 'start: "a"\nWS: / +/\nCOMMENT: "#"\n%ignore WS\n%ignore COMMENT\n'
    assert flat(source, {"v": "2"}) == expected


def test_what_is_taken_away_is_less_without_a_rule_without_alternatives() -> None:
    source = """
%option v 1 2
start: A
A: /[a-z]/ & ~(B | C)
B: "b" %when v == 1
C: "c"
"""
    assert flat(source) == 'start: A\nA: /[a-z]/ & ~(C)\nC: "c"\n'


def test_what_an_attribute_names_outlives_rules_without_alternatives() -> None:
    source = """
%option v 1 2
start: "a" x? b
x: "b" %when v == 1
b[stop=S]: /[a-z]*/
S: "s"
"""
    expected = 'start: "a" b\nb[stop=S]: /[a-z]*/\nS: "s"\n'
    assert flat(source, {"v": "2"}) == expected


def test_conditions_may_ask_for_an_argument() -> None:
    source = """
start: call{name} call{"x"} call{number}
call{first}: first "(" ")"
           | "await" first  %when first == name
           | "." first      %when first == "x"
name: "n"
number: "1"
"""
    assert flat(source) == (
        "start: call__name call__x call__number\n"
        'call__name: name "(" ")" | "await" name\n'
        'call__x: "x" "(" ")" | "." "x"\n'
        'call__number: number "(" ")"\n'
        'name: "n"\n'
        'number: "1"\n'
    )


# ---- loops


def test_a_loop_repeats_an_alternative() -> None:
    source = """
%let columns = 0..1, 101..102
start: file::0
file::_: block::_
block::_: "x" NL{w} block::w  %if lt(_, w)   %for w in columns  %when w > 0
        | "y" %if or(eq(_, w+10), true)      %for w in 4..8 step 4
NL{w}: "\\n" " "~w        %when w <= 100
     | "\\n" "\\t"~w-100  %when w > 100
"""
    assert flat(source) == (
        "start: file::0\n"
        "file::_: block::_\n"
        'block::_: "x" NL__1 block::1 %if lt(_, 1)'
        ' | "x" NL__101 block::101 %if lt(_, 101)'
        ' | "x" NL__102 block::102 %if lt(_, 102)'
        ' | "y" %if or(eq(_, 14), true)'
        ' | "y" %if or(eq(_, 18), true)\n'
        'NL__1: "\\n" " "\n'
        'NL__101: "\\n" "\\t"\n'
        'NL__102: "\\n" "\\t"{2}\n'
    )


def test_loops_are_nested_and_zero_times_is_nothing() -> None:
    source = 'start: "a"~i "b"~1..j  %for i in 0..1  %for j in 1..2\n'
    assert flat(source) == 'start: "b" | "b"{1,2} | "a" "b" | "a" "b"{1,2}\n'


# ---- imports and starts


def test_definitions_of_other_files_bring_their_helpers_under_names_of_their_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "numbers.lark").write_text("INT: DIGIT+\nDIGIT: /[0-9]/\n")
    (tmp_path / "lists.lark").write_text(
        "%import .parts.numbers.INT -> NUMBER\n"
        'sep{x}: x (COMMA x)*\nnumbers: sep{NUMBER}\nCOMMA: ","\n'
    )
    main = tmp_path / "main.lark"
    main.write_text("%import .lists (sep, numbers)\nstart: sep{DIGIT} numbers\nDIGIT: /[a-z]/\n")
    grammar = load_file(main, cache_dir=tmp_path / "cache")
    assert grammar.text == (
        "%llguidance {}\n"
        "start: lists__sep__digit lists__numbers\n"
        "lists__sep__digit: DIGIT (LISTS__COMMA DIGIT)*\n"
        "lists__numbers: lists__sep__numbers__int\n"
        "lists__sep__numbers__int: NUMBERS__INT (LISTS__COMMA NUMBERS__INT)*\n"
        "DIGIT: /[a-z]/\n"
        'LISTS__COMMA: ","\n'
        "NUMBERS__INT: NUMBERS__DIGIT+\n"
        "NUMBERS__DIGIT: /[0-9]/\n"
    )
    check(grammar)
    assert Acceptor(grammar.text).accepts(b"a,b1,22")


def test_another_start_may_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text('%start lone -> expression\nstart: lone ";"\nlone: sum\nsum: "1"\n')
    assert load_file(path, start="expression", cache_dir=tmp_path).text == (
        '%llguidance {}\nstart: sum\nsum: "1"\n'
    )


def test_a_start_that_is_needed_inside_keeps_its_meaning(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text('%start inner\nstart: "(" inner ")"\ninner: "x" | start\n')
    text = load_file(path, start="inner", cache_dir=tmp_path).text
    assert text == '%llguidance {}\nstart: "x" | start_1\nstart_1: "(" start ")"\n'


def test_an_unknown_start_is_an_error_that_names_the_others(tmp_path: Path) -> None:
    path = tmp_path / "g.lark"
    path.write_text('%start start -> file\nstart: "x"\n')
    with pytest.raises(UsageError, match="no start `function` in the grammar `g`") as error:
        load_file(path, start="function", cache_dir=tmp_path)
    assert error.value.hint == "it has file"


def test_inline_writes_rules_out_where_they_are_used() -> None:
    source = """
start: pair{item} pair{word} "."
pair{x}: x ("," x)?
item: "i" | bracket
bracket: "(" word* ")"
word: /[a-z]+/ | number | choice "!" choice
number: "1" | "2"
choice: "x" | "y"
"""
    assert flat("%inline\n" + source) == (
        'start: item ("," item)? word ("," word)? "."\n'
        'item: "i" | "(" word* ")"\n'
        'word: /[a-z]+/ | "1" | "2" | choice "!" choice\n'
        'choice: "x" | "y"\n'
    )


def test_inline_leaves_rules_that_need_themselves() -> None:
    source = """%inline
start: sum
sum: "1" | sum "+" "1" | list
list: "[" (sum tail)? "]"
tail: "," list
"""
    assert flat(source) == (
        'start: sum\nsum: "1" | sum "+" "1" | list\nlist: "[" (sum "," list)? "]"\n'
    )


def test_inline_leaves_what_is_more_than_alternatives() -> None:
    source = """%inline
start: short named::1 alias other
short[max_tokens=5]: "s"
named::_: "n" %if ge(_, 1)
alias: "a" -> x
other: %json {"type": "null"}
"""
    assert flat(source).startswith("start: short named::1 alias other\n")


def test_inline_writes_long_rules_out_only_once() -> None:
    long = " ".join(["/[ab]/"] * 13)
    assert flat(f'%inline\nstart: once "." twice "." twice\nonce: {long}\ntwice: {long}\n') == (
        f'start: {long} "." twice "." twice\ntwice: {long}\n'
    )


def test_inline_leaves_groups_as_deep_as_the_engine_takes() -> None:
    rules = [f'r{number}: ("a" r{number + 1})? "x"' for number in range(200)]
    source = "\n".join(["%inline", "start: r0", *rules, 'r200: "z"', ""])
    check(expand(source))


def test_inline_copies_no_long_text_into_many_places() -> None:
    source = f'%inline\nstart: {"long " * 300}\nlong: "{"x" * 100}"\n'
    assert len(expand(source).text) < 2_000


def test_inline_leaves_rules_with_attributes_for_the_engine_to_judge() -> None:
    source = '%inline\nstart: x\nx[max_tokens=5]: y\ny: "a" z\nz: "b" | z "c"\n'
    assert "x[max_tokens=5]: y" in expand(source).text


def test_inline_leaves_conjunctions_for_the_engine_to_refuse() -> None:
    with pytest.raises(GrammarError, match="&"):
        check(expand('%inline\nstart: a "c"\na: "a" & "b"\n'))
