"""Rust: Debian has the sources of its library, compiler and tools, and rustc is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from tests.conformance import judges, rusttools
from tests.conformance.chunks import indented_chunks
from tests.conformance.corpus import Corpus, Formatter, formatted
from tests.conformance.language import Language
from tests.conformance.packages import debian

TOKEN = re.compile(
    r"//[^\n]*|/\*(?s:.*?)\*/|[bc]?r(?:\"[^\"]*\"|#\"(?s:.*?)\"#|##\"(?s:.*?)\"##)"
    r"|[bc]?\"(?:\\(?s:.)|[^\"\\])*\"|b?'(?:\\.[^']*|[^'\\\n])'|'\w+"
    r"|\d\w*(?:\.\d\w*)?|(?:r#)?\w+|<<=|>>=|\.\.[.=]|\.\.|[:<>=&|+\-*/%^!]=|::|->|=>|<-|&&|\|\||<<|>>"
    r"|\n[ \n]*|[^\s]"
)
WORDS = """
as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop
match mod move mut pub ref return self Self static struct super trait true type unsafe use where
while union macro_rules x T 'a 0 1.5 1u8 "s" b"s" r"s" 'c' _ + - * / % ^ ! & | && || << >> += -= &=
== < > = != <= >= @ . .. ... ..= , ; : :: -> => # $ ? ~ ( ) [ ] { } #[x] #![x] ///d
"""
PACKAGES = (
    "librust-tokio-dev",
    "librust-cargo-dev",
    "librust-sequoia-openpgp-dev",
    "librust-syn-dev",
    "librust-regex-dev",
    "librust-nix-dev",
)
MEMBER = re.compile(r"\s*(?:pub|fn|const|type|(?:async|unsafe|default|extern)\s.*fn)\b")
# What rustc's parser takes, by the feature of a nightly compiler that it needs.
UNSTABLE_FEATURES = {
    "auto_traits": r"\bauto trait\b",
    "box_patterns": r"\bbox \w",
    "builtin_syntax": r"\bbuiltin #",
    "const_closures": r"\bconst (move )?\|",
    "const_trait_impl": r"\[const\]|~const\b|\bconst (unsafe )?(impl|trait)\b",
    "default_field_values": r"^\s*(pub(\([^)]*\))? )?\w+: [^=]+ =(?!=)",
    "ergonomic_clones": r"\buse (move )?\|",
    "final_associated_functions": r"\bfinal fn\b",
    "frontmatter": r"^---",
    "gen_blocks": r"\bgen (move )?\{|\bgen fn\b",
    "negative_impls": r"\bimpl !",
    "non_lifetime_binders": r"\bfor<[^>]*[A-Z][^>]*>",
    "pin_ergonomics": r"&pin (mut|const)\b",
    "postfix_match": r"\.match\b",
    "return_type_notation": r"\(\.\.\)",
    "specialization": r"\bdefault (unsafe )?impl\b",
    "stmt_expr_attributes": r"[=(,] #\[",
    "super_let": r"\bsuper let\b",
    "unsafe_binders": r"\bunsafe<",
    "unsafe_fields": r"\bunsafe \w+:",
    "yeet_expr": r"\bdo yeet\b",
}
UNSTABLE = re.compile("|".join(UNSTABLE_FEATURES.values()))
# Of the sources of Rust itself. Debian's `rust-src` is as old as the distribution; this one is for
# its browsers, and new.
SOURCES = "rust-web-src"
# What the compiler's speed is measured on: copies of crates, many of them of editions before 2021.
OLD = ("/rustc-perf/collector/",)
FOLDERS = tuple(
    f"usr/src/*/{part}"
    for part in ("library", "compiler", "src/tools", "src/bootstrap", "src/librustdoc")
)


@cache
def rust(edition: str = "2024") -> Language:
    """An edition of the language."""
    library = Corpus(SOURCES, partial(debian, SOURCES), ".rs", folders=FOLDERS, without=OLD)
    packages = tuple(Corpus(each, partial(debian, each), ".rs") for each in PACKAGES)
    rustfmt = Formatter(
        f"rustfmt of {rusttools.version()}, edition {edition}",
        [rusttools.rustfmt(), "--quiet", "--edition", edition],
        re.compile(rb"rustfmt::skip|rustfmt_skip|// rustfmt-\w+"),
    )
    return Language(
        name="rust",
        parser=f"{rusttools.version()}, edition {edition}",
        judge=partial(judges.rust, edition=edition),
        library=library,
        packages=packages,
        formatted=tuple(formatted(each, rustfmt) for each in (library, *packages)),
        fragments=lambda sources: [list(_fragments(source)) for source in sources],
        token=TOKEN,
        tokens=(*WORDS.split(), "\n", "/* c */", "// c\n"),
        ends=('"', "'", "*/"),
        needed=("x", "fn", " x", ">", " =", "=>", " =>", ":", ",", "|", "0", " in", " else", "!"),
        options={"edition": edition},
        unstable=UNSTABLE,
        older="2021" if edition == "2024" else None,
    )


def _fragments(source: bytes) -> Iterator[bytes]:
    """Items, and statements of functions, each with what makes it a file."""
    lines = source.decode().split("\n")
    for chunk in indented_chunks(lines, "", " "):
        yield f"{chunk}\n".encode()
    for indent in (" " * 4, " " * 8):
        for chunk in indented_chunks(lines, indent, " "):
            around = "impl T" if MEMBER.match(chunk) else "fn f()"
            yield f"{around} {{\n{chunk}\n}}\n".encode()
