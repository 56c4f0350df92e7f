"""Traps of the engine, each with what keeps the grammars out of it.

The engine's own behaviour is checked too: where that changes, a workaround may go.
"""

from __future__ import annotations

import itertools

import pytest
from llguidance import LLMatcher, LLParserLimits, LLTokenizer

from maze.grammar import load
from tests.conformance import masks
from tests.conformance.acceptor import Acceptor
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import LANGUAGES, language
from tests.conformance.test_masks import MOST_ITEMS
from tests.conformance.vocabulary import VocabularyName, vocabulary

PROFILES: tuple[Profile, ...] = ("full", "generate")
VERSIONS = [
    *(("python", {"python": version}) for version in ("3.10", "3.11", "3.12", "3.13", "3.14")),
    ("go", {}),
    *(("rust", {"edition": edition}) for edition in ("2021", "2024")),
    *(
        ("typescript", {"language": dialect, "semicolons": semicolons})
        for dialect in ("typescript", "tsx")
        for semicolons in ("yes", "no")
    ),
    *(("zig", {"version": version}) for version in ("0.15", "0.16", "0.17")),
]

# ---- A rule is completed without a look at its parameter.

IGNORES_PARAMETERS = """
start: a | b
a: p::0 "x"
b: p::1 "y"
p::_: "0" %if eq(_,0) | "1" %if eq(_,1)
"""


def test_the_engine_ignores_parameters_when_a_rule_is_completed() -> None:
    assert [
        text for text in (b"0x", b"1y", b"0y", b"1x") if Acceptor(IGNORES_PARAMETERS).accepts(text)
    ] == [
        b"0x",
        b"1y",
        b"0y",
        b"1x",
    ]


def test_every_indentation_is_judged_as_python_does() -> None:
    """Two blocks, one in the other, and a line after them: all columns up to 10."""
    texts = []
    for outer, inner, last in itertools.product(range(1, 6), range(1, 6), range(11)):
        lines = ["if a:", " " * outer + "while b:", " " * (outer + inner) + "c", " " * last + "d"]
        texts.append("\n".join(lines).encode() + b"\n")
        lines[3:] = [" " * last + "else:", " " * (last + 2) + "d"]
        texts.append("\n".join(lines).encode() + b"\n")
    judged = [said.verdict == "accepted" for said in language("python").judge(texts)]
    assert 100 < sum(judged) < len(texts) - 100
    full, generate = (Acceptor(language("python").grammar(profile)) for profile in PROFILES)
    assert [full.accepts(text) for text in texts] == judged
    assert not [
        text
        for text, good in zip(texts, judged, strict=True)
        if not good and generate.accepts(text)
    ]


# ---- Items grow with right recursion.

RIGHT_RECURSION = 'start: sum\nsum: "x" | "x+" sum\n'
LEFT_RECURSION = 'start: sum\nsum: "x" | sum "+x"\n'


def test_right_recursion_makes_items_grow_and_left_recursion_does_not() -> None:
    words = vocabulary("nano")
    right, left = (
        [masks.items_after(grammar, words, b"x+" * terms + b"x") for terms in (10, 100)]
        for grammar in (RIGHT_RECURSION, LEFT_RECURSION)
    )
    assert right[1] > right[0] + 80
    assert left[1] == left[0]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", LANGUAGES)
def test_no_list_or_chain_is_right_recursive(name: LanguageName, profile: Profile) -> None:
    before = {
        "python": b"y = ",
        "go": b"package p\n\nvar y = ",
        "rust": b"fn f() {\n    ",
        "typescript": b"const y = ",
        "tsx": b"const y = ",
        "zig": b"const y = ",
    }[name]
    grammar, words = language(name).grammar(profile), vocabulary("nano")
    for begin, more in ((b"x", b" + x"), (b"x", b".x"), (b"x(x", b", x"), (b"x", b"[x]")):
        few, many = (
            masks.items_after(grammar, words, before + begin + more * count) for count in (10, 100)
        )
        assert many <= few + 5, more


@pytest.mark.parametrize("profile", PROFILES)
def test_what_takes_all_that_follows_is_left_recursive_in_zig(profile: Profile) -> None:
    grammar, words = language("zig").grammar(profile), vocabulary("nano")
    chains = [
        ("const y = ", "try "),
        ("const y = ", "comptime "),
        ("const y = ", "x orelse return "),
        ("const y = ", "if (x) y else "),
        ("const y = ", "if (x) "),
        ("const y = ", "for (x) |y| "),
        ("const y = ", "x + while (y) z else "),
        ("fn f() void {\n    if (x) ", "x() else if (x) "),
        ("var y: ", "x!"),
        ("var y: ", "fn () "),
        ("var y: ", "if (x) y else "),
    ]
    for before, more in chains:
        few, many = (
            masks.items_after(grammar, words, f"{before}{more * count}x".encode())
            for count in (10, 100)
        )
        assert many <= few + 5, more


# ---- Creation fails where the grammar's own check finds nothing.

PANICS = """
start: block::0
block::_: "a" | "x" suite::_
suite::_: "c" block::1 %if lt(_,1) | "d" block::2 %if lt(_,2)
"""


def test_the_engine_finds_nothing_wrong_in_a_grammar_that_it_cannot_create() -> None:
    tokenizer, grammar = LLTokenizer("byte"), LLMatcher.grammar_from_lark(PANICS)
    assert LLMatcher.validate_grammar(grammar, tokenizer) == ""
    assert "panic" in LLMatcher(tokenizer, grammar, log_level=0).get_error()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("name", "options"), VERSIONS)
def test_a_matcher_can_be_made_for_each_version_and_start(
    name: LanguageName, options: dict[str, str], profile: Profile
) -> None:
    words = vocabulary("qwen")
    for start in ("", ":function", ":statement", ":expression", ":type", ":block"):
        text = load(f"{name}{start}", options={**options, "profile": profile}).text
        matcher = LLMatcher(words.tokenizer, LLMatcher.grammar_from_lark(text), log_level=0)
        matcher.compute_bitmask()
        assert not matcher.is_error(), f"{start}: {matcher.get_error()[:200]}"


# ---- The lexer takes the longest match and never goes back.


def test_the_engine_does_not_go_back_to_a_shorter_lexeme() -> None:
    assert not Acceptor('start: ("a" | "abc") "bd"\n').accepts(b"abd")


# A prefix of a longer lexeme in each of them, and then something else.
TEMPTING: dict[LanguageName, list[str]] = {
    "python": [
        "f''\n",
        "f'''a'''\n",
        "rf'\\{x}'\n",
        "f'{{{x}}}'\n",
        "x = 1 if y else 2\n",
        "x = 0x1for x in y\n",
        "x = a if b else c\n",
        "x = a is not b\n",
        "x = a is notb\n",
        "x = y.f\n",
        "x = 1..real\n",
        "x = ...\n",
        "match = case\n",
        "matchx = 1\n",
        "type = 1\n",
        "x: int\n",
        "import a.b, c\n",
        "from . import a\n",
        "from ...a import b\n",
        "x = [a for a in b if c]\n",
    ],
    "go": [
        "package p\n\nfunc f() { a <- b; a<-b; <-b }\n",
        "package p\n\nvar a chan<- int\nvar b <-chan int\nvar c chan (<-chan int)\n",
        "package p\n\nfunc f() { switch a := b.(type) {}; c := b.(typ); _ = c }\n",
        "package p\n\nvar x = a &^ b & ^c &^c\n",
        "package p\n\nvar x, y = 1., .5\nvar z = 1.e1\n",
        "package p\n\nfunc f() { breakx: for { continuex() } }\n",
        "package p\n\nvar x = a / b // c\nvar y = a /* b */ / c\n",
        "package p\n\nvar x = a - -b\n",
        "package p\n\nvar x = a--b\n",
    ],
    "rust": [
        "fn f() { for i in 1..2 {} 1..=2; 1.0..2.0; 1.; 1.max(2); 1.0.max(2.); x.0.1; }\n",
        "#![a]\nfn f() {}\n",
        "#!/bin/sh\nfn f() {}\n",
        "fn f() { 'a'; 'a: loop { break 'a; } b'a'; }\n",
        "fn f() { unsafe { a } }\n",
        "fn f() { unsafely { a: 1 }; }\n",
        "/// x\n// y\nfn f() {}\n",
        'fn f() { r"a"; r#"a"b"#; r#type; br"a"; c"a"; cr#"a"#; }\n',
        "fn f() { a::<B<C>>(); a >> b; a >>= b; let x: A<B<C>>= d; }\n",
        "fn f() { |a| b; || c; a || b; a | b; &&a; a && b; a & &b; }\n",
        "fn f() { a as u8 + 1; asx; asyncx; }\n",
        "fn f() { let µ = (\u2113); let\u2028ª = µ <\u2113; m!(\u2124, \u2124) }\n",
    ],
    "typescript": [
        "const a = b / c / d;\nconst e = /f/.test(g) / /h/;\n",
        "const a = b ? .5 : c?.d;\nconst e = f ?? g;\n",
        "let a: B<C<D>>= e;\nlet f: B<C<D<E>>>= g;\n",
        "a >>= b; a >>>= b; a >> b; a >>> b; a<b>>c; a<b>(c);\n",
        "const a = b < c, d = e > (f);\n",
        "const a = async(b); const c = async (b) => d; const e = async b => f;\n",
        "const a = (b) => c; const d = (b); const e = (b): C => d;\n",
        "let as = a as as; let is = b; let of = c; type type = type;\n",
        "for (const of of of) a; for (let of of b) c; for (of of of) d;\n",
        "a\n++b\nc\n--d\n",
        "return1;\nfunction f() { return\n1 }\n",
        "let x = `a${`b${c}`}`; let y = `}`; let z = `$`;\n",
        "let get = 1; let o = { get, set() {}, get a() { return 1; }, async *b() {} };\n",
        "class C { static; get; set; async; static static; readonly readonly: T; declare; }\n",
        "type T = typeof a.b[]; type U = keyof typeof a; type V = unique; type W = infer;\n",
        "type T = new () => A; type U = abstract new () => A; type V = asserts;\n",
        "x = a! + !b; x = a!.b; x! = c;\n",
        "1..a; 1.0.b; 1 .c; 0x1.d;\n",
        "/* a */ // b\n/** c */ const d = 1;\n",
        "#!/bin/sh\nconst a = 1;\n",
        "using a = b; using; await using c = d;\n",
        "import type from 'a'; import type T from 'b'; import type, { a } from 'c';\n",
        "yield; await; let yield1 = awaits;\n",
    ],
    "tsx": [
        "const a = <b>c</b>;\nconst d = <T,>(e: T) => e;\n",
        "const a = <b c={d} {...e} f />;\nconst g = h < i;\n",
        "const a = <b>{/* c */}{d}</b>;\nconst e = <></>;\n",
        "const a = <b.c.d e='f' g-h=\"i\">j &amp; k</b.c.d>;\n",
        "const a = <T extends B>(c: T) => c;\nconst d = <e f extends />;\n",
        "const a = <b>c // d\n/* e */</b>;\n",
        "const a = <b>c > d</b>;\n",
        "const a = <div>b</span>;\n",
        "const a = <b:c></b:c>;\nconst d = <e/>/f;\n",
        "const a = <T>b;\n",
    ],
    "zig": [
        "const a = b[0..1][1..c][d + 1..e];\n",
        "const a = 1.*;\n",
        "const a = switch (b) { 1...2 => c, -1...0x1f => d };\n",
        "const a: [c]u8 = 1;\nconst b: [*c]u8 = 1;\nconst d: [*:c]u8 = 1;\n",
        "const a = b / c;\nconst d = e // f\n    / g;\n",
        "const a = b catch c;\nconst d = e catch |f| g;\n",
        "fn f() void { return orelse a; return other; }\n",
        "fn f() void { break :a b; breaker(); continue; }\n",
        "const a = error.B;\nconst c = error{B};\nconst errors = 1;\n",
        "const a: *constant = 1;\nconst b: *const c = 1;\n",
        "fn a() align(4) b {}\nfn c() alignment {}\nfn d() anyerror!e {}\n",
        "const a = if (b) c else d;\nconst e = if (b) c else |f| g;\n",
        "const a = switch (b) { inline else => c, inline .d => e, inline foo => f };\n",
        "const a = struct {};\nconst b = struct(c) {};\nconst d = structure;\n",
        "const a = union(enum) {};\nconst b = union(enum(c)) {};\nconst d = union(e) {};\n",
        "const a = b == c;\nconst d = e => f;\n",
        "fn f() void { a = b; a == b; a += b; a <<= b; a <<|= b; }\n",
        "// a\n/// b\n//\n/// c\nconst d = 1;\n",
        "const a = struct { // b\n    //! c\n};\n",
        "fn f() void { errdefer a(); errdefer {} defer b; deferred(); }\n",
        "const a = b and c;\nconst d = b andc;\n",
        "const a = b -% c;\nconst d = b -%c;\n",
        "const a = b - -c;\nconst d = b--c;\nconst e = b- -c;\n",
    ],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in TEMPTING.items() for text in texts]
)
def test_what_begins_like_a_longer_lexeme_is_judged_as_the_parser_does(
    name: LanguageName, text: str
) -> None:
    (judgement,) = language(name).judge([text.encode()])
    assert Acceptor(language(name).grammar("full")).accepts(text.encode()) == (
        judgement.verdict == "accepted"
    ), judgement.reason


# ---- Tokens that are runs of one character, such as `-----`, need items for each character.

RUNS = ["((((", "[[[[", "----", "~~~~", "&&&&", "||||", "****", "....", "::::", "<<<<", "<-<-"]
# Where an expression, a statement or a type may begin, or an operator follow.
TYPESCRIPT_PLACES = [
    "",
    "const x = ",
    "const x = -",
    "const x = a",
    "const x = a + ",
    "const x = (",
    "const x = (a, ",
    "const x = [",
    "const x = { ",
    "const x = `${",
    "const x = a ? ",
    "const x = a ? b : ",
    "const x = (a) => ",
    "const x = new ",
    "let x: ",
    "let x: A | ",
    "let x: V<",
    "let x: { ",
    "let x: (",
    "type T = ",
    "type T = A extends B ? ",
    "function f(",
    "function f(): ",
    "function f() {\n  ",
    "function f() {\n  a();\n  ",
    "function f() {\n  return ",
    "if (",
    "for (",
    "for (const a of ",
    "switch (a) {\n  ",
    "switch (a) {\n  case ",
    "class C {\n  ",
    "class C {\n  a = 1;\n  ",
    "interface I {\n  ",
    "enum E {\n  ",
    "f(a, ",
    "import ",
    "export ",
    "@",
]
PLACES: dict[LanguageName, list[str]] = {
    "python": [
        "",
        "x = ",
        "x = -",
        "x = a",
        "x = a\n",
        "x = (",
        "x = [a, ",
        "x = not ",
        "f(a, *",
        "def f(a, ",
        "def f(a):\n    ",
        "if a:\n    b\n",
        "x = {a: ",
        "x = f'{",
        "for a in ",
        "with (a, ",
        "x = a if ",
        "lambda a: ",
        "match a:\n    case ",
        "x = a[",
        "try:\n    a\n",
        "@a\n",
        "@",
        "return ",
    ],
    "go": [
        "package p\n\n",
        "package p\n\nvar x = ",
        "package p\n\nvar x = -",
        "package p\n\nvar x = a",
        "package p\n\nvar x = a + ",
        "package p\n\nvar x = (",
        "package p\n\nvar x ",
        "package p\n\nvar x = a[",
        "package p\n\nvar x = T{",
        "package p\n\nfunc f(",
        "package p\n\nfunc f() {\n\t",
        "package p\n\nfunc f() {\n\ta()\n\t",
        "package p\n\nfunc f() {\n\tif ",
        "package p\n\nfunc f() {\n\tfor ",
        "package p\n\nfunc f() {\n\treturn ",
        "package p\n\nfunc f() {\n\tswitch a {\n\tcase ",
        "package p\n\nfunc f() {\n\tx := ",
        "package p\n\nfunc f() {\n\tf(a, ",
        "package p\n\ntype T ",
        "package p\n\ntype T[P ",
        "package p\n\ntype T struct {\n\t",
        "package p\n\ntype T interface {\n\t",
    ],
    "rust": [
        "",
        "fn f() {\n    ",
        "fn f() {\n    a;\n    ",
        "fn f() {\n    let x = ",
        "fn f() {\n    let x = -",
        "fn f() {\n    let x = a",
        "fn f() {\n    let x = a + ",
        "fn f() {\n    let ",
        "fn f() {\n    let x: ",
        "fn f() {\n    let x = (",
        "fn f() {\n    let x = [",
        "fn f() {\n    let x = a::",
        "fn f() {\n    let x = a::<",
        "fn f() {\n    let x = |",
        "fn f() {\n    let x = |a| ",
        "fn f() {\n    if ",
        "fn f() {\n    if let ",
        "fn f() {\n    match a {\n        ",
        "fn f() {\n    match a {\n        b => ",
        "fn f() {\n    m!(",
        "fn f() {\n    return ",
        "fn f() {\n    T { ",
        "fn f<",
        "fn f(",
        "fn f() -> ",
        "impl ",
        "struct S {\n    ",
        "use ",
        "#[",
    ],
    "typescript": TYPESCRIPT_PLACES,
    "tsx": [
        *TYPESCRIPT_PLACES,
        "const x = <a",
        "const x = <a ",
        "const x = <a>",
        "const x = <a>b",
        "const x = <a>{",
        "const x = <a>{b}",
        "const x = <a b=",
        "const x = <a b={",
    ],
    "zig": [
        "",
        "const x = ",
        "const x = -",
        "const x = a",
        "const x = a + ",
        "const x = (",
        "const x = .{ ",
        "const x = a[",
        "const x = &",
        "const x: ",
        "const x: *",
        "const x: [",
        "fn f(",
        "fn f() ",
        "fn f() void {\n    ",
        "fn f() void {\n    a();\n    ",
        "fn f() void {\n    if (",
        "fn f() void {\n    if (a) ",
        "fn f() void {\n    for (",
        "fn f() void {\n    while (a) : (",
        "fn f() void {\n    return ",
        "fn f() void {\n    switch (a) {\n        ",
        "fn f() void {\n    switch (a) {\n        b => ",
        "fn f() void {\n    f(a, ",
        "const S = struct {\n    ",
        "const S = struct {\n    a: u8,\n    ",
    ],
}


@pytest.mark.parametrize("vocabulary_name", ["qwen", "o200k"])
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", LANGUAGES)
def test_runs_of_one_character_stay_within_the_budget(
    name: LanguageName, profile: Profile, vocabulary_name: VocabularyName
) -> None:
    words = vocabulary(vocabulary_name)
    grammar = language(name).grammar(profile)
    acceptor = Acceptor(grammar)
    texts = (place + run for place, run in itertools.product(PLACES[name], ["", *RUNS]))
    allowed = [text for text in texts if acceptor.is_prefix(text.encode())]
    assert set(PLACES[name]) <= set(allowed)
    found = {text: masks.items_after(grammar, words, text.encode()) for text in allowed}
    worst = max(found, key=found.__getitem__)
    print(f"{len(found)} places, the worst is {worst!r}: {found[worst]} items")
    assert found[worst] <= MOST_ITEMS[profile], worst


# ---- The lexer builds its states as they are needed; what a mask may spend on it is limited.

# Where much may go on: behind literals, in strings, in comments, behind line ends.
LEXERS: dict[LanguageName, list[str]] = {
    "python": [
        "x = 1",
        "x = 'a",
        "x = '''a",
        "x = f'{a",
        "x = f'{a:",
        "x = rb'",
        "def f(a):\n",
        "if a:\n    b  # c\n",
    ],
    "go": ["package p\n\nvar x = 1", "package p\n\nvar x = `a", "package p // c\n", "package p /*"],
    "rust": [
        "fn f() {\n    m!('a' ",
        'fn f() {\n    m!("a"',
        'fn f() {\n    m!("a"1',
        'fn f() {\n    m!("a"#0',
        'fn f() {\n    m!(r#"a"#',
        'fn f() {\n    m!(br##"a"#',
        "fn f() {\n    1",
        'fn f() {\n    "a"',
        "/* a /* b",
    ],
    "typescript": [
        "const x = 1",
        "const x = 'a",
        "const x = `a",
        "const x = `a${b}",
        "const x = /a",
        "const x = ",
        "const x = a",
        "f();\n",
        "let x: ",
        "/* a",
        "// a\n",
    ],
    "tsx": ["const x = ", "const x = <", "const x = <a></", "const x = <a>b<", "const x = <a "],
    "zig": [
        "const x = 1",
        'const x = "a',
        "const x = '\\u{1",
        "const x =\n    \\\\a",
        "const x = a",
        "fn f() void {\n    ",
        "/// a\n",
        "// a\n",
        'const x = @"a',
    ],
}
FUEL = 200_000  # llguidance's `step_lexer_fuel`


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", LANGUAGES)
def test_a_mask_takes_at_most_three_quarters_of_the_lexers_fuel(
    name: LanguageName, profile: Profile
) -> None:
    words = vocabulary("o200k")
    text = language(name).grammar(profile)
    grammar = LLMatcher.grammar_from_lark(text)
    assert LLParserLimits().step_lexer_fuel == FUEL
    limits = LLParserLimits(step_lexer_fuel=FUEL * 3 // 4)
    acceptor = Acceptor(text)
    places = [place for place in LEXERS[name] if acceptor.is_prefix(place.encode())]
    assert len(places) > len(LEXERS[name]) / 2
    for place in places:
        matcher = LLMatcher(words.tokenizer, grammar, log_level=0, limits=limits)
        assert matcher.consume_tokens(words.encode(place.encode())), place
        matcher.compute_bitmask()
        assert not matcher.is_error(), f"{place!r}: {matcher.get_error()[:60]}"
