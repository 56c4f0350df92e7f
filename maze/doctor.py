"""What `maze doctor` finds: settings, model, grammars, toolchains, folders."""

from __future__ import annotations

import asyncio
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from maze import languages, providers, settings
from maze.decoding.matcher import Matcher
from maze.decoding.vocabulary import byte_vocabulary
from maze.errors import MazeError
from maze.grammar.choice import GrammarName, grammar_for
from maze.languages import LanguageName
from maze.settings import Settings
from maze.validation.reference import reference_parser
from maze.versions import versions

SAMPLES: dict[LanguageName, bytes] = {
    "python": b"pass\n",
    "go": b"package p\n",
    "rust": b"fn f() {}\n",
    "typescript": b"f();\n",
    "tsx": b"<p />;\n",
    "zig": b"fn f() void {}\n",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `good` is None where something optional is absent."""

    name: str
    good: bool | None
    detail: str

    def __str__(self) -> str:
        state = {True: "ok", False: "FAILED", None: "absent"}[self.good]
        return f"{state:<7} {self.name:<33} {self.detail}"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings."""

    findings: tuple[Finding, ...]

    @property
    def lines(self) -> list[str]:
        """One line a finding."""
        return [str(finding) for finding in self.findings]

    @property
    def exit_code(self) -> int:
        """0, or 3 if something that maze needs failed."""
        return 3 if any(finding.good is False for finding in self.findings) else 0


def examine() -> Report:
    """Look at everything; one failure doesn't hide the next."""
    findings = [Finding("versions", True, versions())]
    current, finding = _settings()
    findings.append(finding)
    findings.append(_provider(current))
    findings += _grammars(current)
    findings += _parsers(current)
    return Report(tuple(findings))


def _settings() -> tuple[Settings, Finding]:
    """The settings; the defaults if they can't be read."""
    try:
        loaded = settings.load()
    except MazeError as error:
        return Settings(), Finding("settings", False, error.message)
    return loaded.settings, Finding("settings", True, "no wrong key, no wrong value")


def _provider(current: Settings) -> Finding:
    try:
        provider = providers.create(current)
    except MazeError as error:
        return Finding("provider", False, error.message)
    health = asyncio.run(provider.health())
    return Finding(f"provider {provider.name}", health.ready, health.detail)


def _grammars(current: Settings) -> Iterator[Finding]:
    for language in languages.LANGUAGES:
        for style in language.styles or [None]:
            name = f"grammar {GrammarName.of(language, style)}"
            versions = current.validation.versions
            try:
                grammar = grammar_for(language, "generate", style=style, versions=versions)
                Matcher(grammar, byte_vocabulary())
            except MazeError as error:
                yield Finding(name, False, error.message)
            else:
                size = len(grammar.text)
                yield Finding(name, True, f"sha256 {grammar.sha256[:12]}, {size} bytes")


def _parsers(current: Settings) -> Iterator[Finding]:
    """The reference parsers, as `maze validate` would choose them."""
    choice, chosen = current.validation.parser, current.validation.versions
    for language in languages.LANGUAGES:
        name = f"parser {language.name}"
        try:
            parser = reference_parser(language, choice, chosen)
            report = parser(SAMPLES[language.name]) if parser else None
        except MazeError as error:
            yield Finding(name, False, error.message)
            continue
        if report is None:
            yield Finding(name, None, "the grammar judges alone, as the settings say")
        elif report.name == "ast":
            version = f"Python {chosen.python or platform.python_version()}"
            yield Finding(name, report.accepted, f"ast, as {version} parses")
        elif report.name == language.parser:
            program = language.parser.split()[0]
            yield Finding(name, report.accepted, shutil.which(program) or program)
        elif report.name.startswith(language.parser):
            detail = f"{report.name} judges: the settings say another version"
            yield Finding(name, report.accepted, detail)
        elif choice == "tree-sitter":
            yield Finding(name, report.accepted, "tree-sitter, as the settings say")
        else:
            absent = f"no `{language.parser}`: tree-sitter judges, which refuses some new syntax"
            yield Finding(name, None, absent)
