"""Long and deep programs as formatters write them, for limits that small ones don't reach."""

from __future__ import annotations

from collections.abc import Mapping

from llguidance import LLMatcher

from tests.conformance.acceptor import Acceptor
from tests.conformance.language import LanguageName, Profile
from tests.conformance.languages import language
from tests.conformance.vocabulary import VocabularyName, vocabulary

DEPTH, TERMS, LITERAL = 200, 1_000, 100_000
TEXT = "a b\n" * (LITERAL // 4)


def failures(name: LanguageName, profile: Profile, words: VocabularyName) -> dict[str, str]:
    """What fails of which program: the grammar refuses it, or one of its masks hits a limit."""
    grammar = language(name).grammar(profile)
    acceptor = Acceptor(grammar)
    found = {}
    for case, program in programs(name).items():
        if not acceptor.accepts(program.encode()):
            found[case] = "refused"
        elif error := mask_error(grammar, program.encode(), words):
            found[case] = error
    return found


def mask_error(grammar: str, program: bytes, words: VocabularyName, every: int = 1) -> str:
    """The engine's error at a token of the program or at the mask after each `every` tokens."""
    known = vocabulary(words)
    matcher = LLMatcher(known.tokenizer, LLMatcher.grammar_from_lark(grammar), log_level=0)
    tokens = known.encode(program)
    for place in range(0, len(tokens), every):
        matcher.compute_bitmask()
        if matcher.is_error() or not matcher.consume_tokens(tokens[place : place + every]):
            break
    matcher.compute_bitmask()
    return matcher.get_error()[:200] if matcher.is_error() else ""


def programs(name: LanguageName) -> Mapping[str, str]:
    """Valid programs of the language, by what they have much of."""
    return {
        "python": _python,
        "go": _go,
        "rust": _rust,
        "typescript": _typescript,
        "tsx": _tsx,
        "zig": _zig,
    }[name]()


def _nested(indent: str, opening: str, closing: str, depth: int) -> str:
    """Lines that open, each deeper than the one before, and lines that close them."""
    indents = [indent * (level + 1) for level in range(depth)]
    closed = [each + closing for each in reversed(indents)] if closing else []
    return "".join([*(each + opening for each in indents), *closed])


def _python() -> dict[str, str]:
    def chain(operator: str) -> str:
        term = f"\n    {operator} a"
        return f"x = (\n    a{term * TERMS}\n)\n"

    lines = "def f(a, b):\n    if a > b:\n        return a\n    return [b, a]\n\n\n"
    return {
        "lines": lines * 334 + "x = 1\n",
        "brackets": f"x = {'[' * DEPTH}1{']' * DEPTH}\n",
        # CPython's own parser takes no more than 200 brackets, and no more than 100 indents.
        "calls": f"x = {'f(' * (DEPTH - 1)}1{')' * (DEPTH - 1)}\n",
        "blocks": "if a:\n" + _nested("    ", "if a:\n", "", 13) + "    " * 14 + "pass\n",
        "sum": chain("+"),
        "conjunction": chain("and"),
        "comparisons": chain("<"),
        "powers": chain("**"),
        "conditionals": "x = " + "a if b else " * TERMS + "c\n",
        "signs": "x = " + "-" * TERMS + "a\n",
        "negations": "x = " + "not " * TERMS + "a\n",
        "attributes": "x = a" + ".b" * TERMS + "\n",
        "method calls": "x = a" + ".b()" * TERMS + "\n",
        "elements": "x = [" + "\n    1," * TERMS + "\n]\n",
        "pairs": "x = {" + '\n    "a": 1,' * TERMS + "\n}\n",
        "arguments": "f(" + "\n    a=1," * TERMS + "\n)\n",
        "parameters": "def f(" + "\n    a," * TERMS + "\n):\n    pass\n",
        "targets": "a = " * TERMS + "1\n",
        "branches": "if a:\n    pass\n" + "elif a:\n    pass\n" * 500,
        "handlers": "try:\n    pass\n" + "except a:\n    pass\n" * 500,
        "cases": "match a:\n" + "    case 1:\n        pass\n" * TERMS,
        "string": f'x = "{"a" * LITERAL}"\n',
        "docstring": f'"""{TEXT}"""\n',
        "f-string": f'x = f"{"a{b}" * TERMS}"\n',
        "strings": "x = (" + '\n    "a"' * TERMS + "\n)\n",
        "comment": f"# {'a' * LITERAL}\nx = 1\n",
        "comments": "# a\n" * TERMS + "x = 1\n",
        "number": f"x = {'1' * 4_000}\n",
    }


def _go() -> dict[str, str]:
    def function(body: str) -> str:
        return f"package p\n\nfunc f() {{\n{body}}}\n"

    def value(text: str) -> str:
        return f"package p\n\nvar x = {text}\n"

    lines = "func f(a, b int) int {\n\tif a > b {\n\t\treturn a\n\t}\n\treturn b\n}\n\n"
    blocks = _nested("\t", "if a {\n", "}\n", 20)
    return {
        "lines": "package p\n\n" + lines * 286 + "var x = 1\n",
        "parentheses": value("(" * DEPTH + "1" + ")" * DEPTH),
        "calls": value("f(" * DEPTH + "1" + ")" * DEPTH),
        "indices": value("a[" * DEPTH + "1" + "]" * DEPTH),
        "literals": value("T{" * DEPTH + "1" + "}" * DEPTH),
        "pointers": "package p\n\nvar x " + "*" * DEPTH + "int\n",
        "slice types": "package p\n\nvar x " + "[]" * DEPTH + "int\n",
        "type arguments": "package p\n\nvar x " + "T[" * DEPTH + "int" + "]" * DEPTH + "\n",
        "channels": "package p\n\nvar x " + "chan " * DEPTH + "int\n",
        "blocks": function(blocks),
        "sum": value("a" + " + a" * TERMS),
        "lines of a sum": value("a" + " +\n\ta" * TERMS),
        "conjunction": value("a" + " && a" * TERMS),
        "signs": value("-a" + " - -a" * TERMS),
        "negations": value("!" * TERMS + "a"),
        "receives": value("<-" * TERMS + "a"),
        "selectors": value("a" + ".b" * TERMS),
        "method calls": value("a" + ".b()" * TERMS),
        "lines of method calls": value("a" + ".\n\tb()" * TERMS),
        "elements": value("[]int{" + "\n\t1," * 2 * TERMS + "\n}"),
        "pairs": value("map[string]int{" + '\n\t"a": 1,' * TERMS + "\n}"),
        "arguments": value("f(" + "\n\t1," * TERMS + "\n)"),
        "parameters": "package p\n\nfunc f(" + "a, " * TERMS + "b int) {}\n",
        "fields": "package p\n\ntype T struct {\n" + "\ta int\n" * TERMS + "}\n",
        "constants": "package p\n\nconst (\n\ta = iota\n" + "\tb\n" * TERMS + ")\n",
        "else-ifs": function("\tif a {\n\t}" + " else if a {\n\t}" * 500 + "\n"),
        "cases": function("\tswitch a {\n" + "\tcase 1:\n\t\tb()\n" * TERMS + "\t}\n"),
        "string": value(f'"{"a" * LITERAL}"'),
        "raw string": value(f"`{TEXT}`"),
        "line comment": f"package p\n\n// {'a' * LITERAL}\nvar x = 1\n",
        "comment": f"package p\n\n/*\n{TEXT}*/\nvar x = 1\n",
        "comments": "package p\n\n" + "// a\n" * TERMS + "var x = 1\n",
        "number": value("1" * 10_000),
    }


def _rust() -> dict[str, str]:
    def body(text: str) -> str:
        return f"fn f() {{\n{text}}}\n"

    def value(text: str) -> str:
        return body(f"    let x = {text};\n")

    lines = "fn f(a: u8, b: u8) -> u8 {\n    if a > b {\n        return a;\n    }\n    b\n}\n\n"
    blocks = _nested("    ", "if a {\n", "}\n", 25)
    return {
        "lines": lines * 286 + "static X: u8 = 1;\n",
        "parentheses": value("(" * DEPTH + "1" + ")" * DEPTH),
        "calls": value("f(" * DEPTH + "1" + ")" * DEPTH),
        "arrays": value("[" * DEPTH + "1" + "]" * DEPTH),
        "macros": value("m!(" * DEPTH + "1" + ")" * DEPTH),
        "token trees": value("m!(" + "[(" * (DEPTH // 2) + "1" + ")]" * (DEPTH // 2) + ")"),
        "type arguments": body("    let x: " + "V<" * DEPTH + "u8" + ">" * DEPTH + " = 1;\n"),
        "references": body("    let x: " + "&&" * (DEPTH // 2) + "u8 = 1;\n"),
        "tuple patterns": body("    let " + "(" * DEPTH + "a" + ",)" * DEPTH + " = 1;\n"),
        "closures": value("|a| " * DEPTH + "a"),
        "blocks": body(blocks),
        "sum": value("a" + " + a" * TERMS),
        "lines of a sum": value("a" + "\n        + a" * TERMS),
        "conjunction": value("a" + " && a" * TERMS),
        "casts": value("a" + " as u8" * TERMS),
        "signs": value("-" * TERMS + "a"),
        "negations": value("!" * TERMS + "a"),
        "borrows": value("&" * TERMS + "a"),
        "fields": value("a" + ".b" * TERMS),
        "tuple fields": value("a" + ".0" * TERMS),
        "method calls": value("a" + "\n        .b()" * TERMS),
        "questions": value("a" + "?" * TERMS),
        "path segments": value("a" + "::b" * TERMS),
        "elements": value("[" + "\n        1," * TERMS + "\n    ]"),
        "arguments": value("f(" + "\n        1," * TERMS + "\n    )"),
        "parameters": "fn f(" + "\n    a: u8," * TERMS + "\n) {\n}\n",
        "variants": "enum E {\n" + "    A,\n" * TERMS + "}\n",
        "bounds": "fn f<T: A" + " + A" * TERMS + ">() {}\n",
        "alternatives": body("    match a {\n        1" + " | 1" * TERMS + " => b,\n    }\n"),
        "arms": body("    match a {\n" + "        1 => b,\n" * TERMS + "    }\n"),
        "else-ifs": body("    if a {\n    }" + " else if a {\n    }" * 500 + "\n"),
        "string": value(f'"{"a" * LITERAL}"'),
        "raw string": value(f'r#"{TEXT}"#'),
        "line comment": f"// {'a' * LITERAL}\nstatic X: u8 = 1;\n",
        "comment": f"/*\n{TEXT}*/\nstatic X: u8 = 1;\n",
        "doc comments": "/// a\n" * TERMS + "static X: u8 = 1;\n",
        "number": value("1" * 10_000),
    }


def _typescript() -> dict[str, str]:
    def body(text: str) -> str:
        return f"function f() {{\n{text}}}\n"

    def value(text: str) -> str:
        return f"const x = {text};\n"

    lines = "function f(a: A, b: B): C {\n  if (a > b) {\n    return a;\n  }\n  return b;\n}\n\n"
    return {
        "lines": lines * 286 + "const x = 1;\n",
        "parentheses": value("(" * DEPTH + "1" + ")" * DEPTH),
        "calls": value("f(" * DEPTH + "1" + ")" * DEPTH),
        "arrays": value("[" * DEPTH + "1" + "]" * DEPTH),
        "objects": value("{ a: " * DEPTH + "1" + " }" * DEPTH),
        "templates": value("`a${" * DEPTH + "1" + "}`" * DEPTH),
        "arrow functions": value("(a) => " * DEPTH + "a"),
        "type arguments": f"let x: {'V<' * DEPTH}u8{'>' * DEPTH};\n",
        "array types": f"let x: T{'[]' * DEPTH};\n",
        "object types": f"type T = {'{ a: ' * DEPTH}U{' }' * DEPTH};\n",
        "array patterns": f"const {'[' * DEPTH}a{']' * DEPTH} = b;\n",
        "blocks": body(_nested("  ", "if (a) {\n", "}\n", 50)),
        "sum": value("a" + " + a" * TERMS),
        "lines of a sum": "const x =\n  a" + " +\n  a" * TERMS + ";\n",
        "conjunction": value("a" + " && a" * TERMS),
        "comparisons": value("a < b" + " || a < b" * TERMS),
        "negations": value("!" * TERMS + "a"),
        "powers": value("a" + " ** a" * TERMS),
        "conditionals": value("a ? b : " * DEPTH + "c"),
        "assignments": "a = " * DEPTH + "b;\n",
        "properties": value("a" + ".b" * TERMS),
        "optional properties": value("a" + "?.b" * TERMS),
        "method calls": value("a" + "\n  .b()" * TERMS),
        "elements": value("[" + "\n  1," * TERMS + "\n]"),
        "pairs": value("{" + "\n  a: 1," * TERMS + "\n}"),
        "arguments": value("f(" + "\n  1," * TERMS + "\n)"),
        "parameters": "function f(" + "\n  a: A," * TERMS + "\n) {}\n",
        "members": "interface I {\n" + "  a: A;\n" * TERMS + "}\n",
        "class members": "class C {\n" + "  a = 1;\n" * TERMS + "}\n",
        "enum members": "enum E {\n" + "  A,\n" * TERMS + "}\n",
        "union": "type T =" + "\n  | A" * TERMS + ";\n",
        "intersection": f"type T = A{' & A' * TERMS};\n",
        "conditional types": f"type T = {'A extends B ? C : ' * DEPTH}D;\n",
        "cases": body("  switch (a) {\n" + "    case 1:\n      b();\n" * TERMS + "  }\n"),
        "else-ifs": body("  if (a) {\n  }" + " else if (a) {\n  }" * DEPTH + "\n"),
        "imports": "import {" + "\n  a," * TERMS + '\n} from "b";\n',
        "string": value(f'"{"a" * LITERAL}"'),
        "template": value(f"`{TEXT}`"),
        "regular expression": value(f"/{'a' * LITERAL}/"),
        "line comment": f"// {'a' * LITERAL}\nconst x = 1;\n",
        "comment": f"/*\n{TEXT}*/\nconst x = 1;\n",
        "comments": "// a\n" * TERMS + "const x = 1;\n",
        "number": value("1" * 10_000),
    }


def _tsx() -> dict[str, str]:
    def value(text: str) -> str:
        return f"const x = {text};\n"

    return _typescript() | {
        "elements in elements": value("<a>" * DEPTH + "b" + "</a>" * DEPTH),
        "expressions in elements": value("<a>{" * DEPTH + "b" + "}</a>" * DEPTH),
        "children": value("(\n  <a>" + "\n    <b />" * TERMS + "\n  </a>\n)"),
        "attributes": value("(\n  <a" + "\n    b={c}" * TERMS + "\n  />\n)"),
        "text": value(f"(\n  <a>\n    {'b c ' * (LITERAL // 4)}\n  </a>\n)"),
    }


def _zig() -> dict[str, str]:
    def body(text: str) -> str:
        return f"fn f() void {{\n{text}}}\n"

    def value(text: str) -> str:
        return f"const x = {text};\n"

    lines = (
        "fn f(a: u8, b: u8) u8 {\n    if (a > b) {\n        return a;\n    }\n    return b;\n}\n\n"
    )
    return {
        "lines": lines * 250 + "const x = 1;\n",
        "parentheses": value("(" * DEPTH + "1" + ")" * DEPTH),
        "calls": value("f(" * DEPTH + "1" + ")" * DEPTH),
        "indices": value("a[" * DEPTH + "1" + "]" * DEPTH),
        "initializers": value(".{" * DEPTH + "1" + "}" * DEPTH),
        "pointers": f"var x: {'*' * DEPTH}u8 = 1;\n",
        "slice types": f"var x: {'[]const ' * DEPTH}u8 = 1;\n",
        "type calls": f"var x: {'T(' * DEPTH}u8{')' * DEPTH} = 1;\n",
        "blocks": body(_nested("    ", "if (a) {\n", "}\n", 25)),
        "sum": value("a" + " + a" * TERMS),
        "lines of a sum": value("a" + " +\n    a" * TERMS),
        "conjunction": value("a" + " and a" * TERMS),
        "comparisons": value("a == b" + " or a == b" * TERMS),
        "signs": value("-" * TERMS + "a"),
        "negations": value("!" * TERMS + "a"),
        "tries": value("try " * TERMS + "a"),
        "conditionals": value("if (a) b else " * TERMS + "c"),
        "alternatives": value("a" + " orelse if (a) b else a" * TERMS),
        "error unions": f"var x: {'a!' * TERMS}u8 = 1;\n",
        "function types": f"var x: {'fn () ' * TERMS}u8 = 1;\n",
        "fields": value("a" + ".b" * TERMS),
        "method calls": value("a" + ".b()" * TERMS),
        "lines of method calls": value("a" + "\n    .b()" * TERMS),
        "dereferences": value("a" + ".*" * TERMS),
        "elements": value(".{" + "\n    1," * TERMS + "\n}"),
        "fields of a value": value(".{" + "\n    .a = 1," * TERMS + "\n}"),
        "arguments": value("f(" + "\n    1," * TERMS + "\n)"),
        "parameters": "fn f(" + "\n    a: u8," * TERMS + "\n) void {}\n",
        "members": "const S = struct {\n" + "    a: u8,\n" * TERMS + "};\n",
        "errors": "const E = error{\n" + "    A,\n" * TERMS + "};\n",
        "prongs": body("    switch (a) {\n" + "        1 => b,\n" * TERMS + "    }\n"),
        "items of a prong": body("    switch (a) {\n        1" + ", 1" * TERMS + " => b,\n    }\n"),
        "else-ifs": body("    if (a) {}" + " else if (a) {}" * 500 + "\n"),
        "string": value(f'"{"a" * LITERAL}"'),
        "multiline string": "const x =" + "\n    \\\\a b" * TERMS + "\n;\n",
        "line comment": f"// {'a' * LITERAL}\nconst x = 1;\n",
        "comments": "// a\n" * TERMS + "const x = 1;\n",
        "doc comments": "/// a\n" * TERMS + "const x = 1;\n",
        "number": value("1" * 10_000),
    }
