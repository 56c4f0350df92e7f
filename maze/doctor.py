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
from maze.grammar.choice import grammar_for
from maze.settings import Settings
from maze.validation.parsers import NoToolchainError, gofmt, rustfmt
from maze.versions import versions


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `good` is None where something optional is absent."""

    name: str
    good: bool | None
    detail: str

    def __str__(self) -> str:
        state = {True: "ok", False: "FAILED", None: "absent"}[self.good]
        return f"{state:<7} {self.name:<22} {self.detail}"


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
    findings += _toolchains()
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
    for language in languages.AVAILABLE:
        name = f"grammar {language.grammar}"
        try:
            grammar = grammar_for(language, "generate", versions=current.validation.versions)
            Matcher(grammar, byte_vocabulary())
        except MazeError as error:
            yield Finding(name, False, error.message)
        else:
            yield Finding(name, True, f"sha256 {grammar.sha256[:12]}, {len(grammar.text)} bytes")


def _toolchains() -> Iterator[Finding]:
    yield Finding("parser python", True, f"ast of Python {platform.python_version()}")
    for language, program, parser, sample in (
        ("go", "gofmt", gofmt, b"package p\n"),
        ("rust", "rustfmt", rustfmt, b"fn f() {}\n"),
    ):
        name = f"parser {language}"
        place = shutil.which(program)
        if place is None:
            yield Finding(name, None, f"no `{program}`: tree-sitter judges instead")
            continue
        try:
            works = parser(sample).accepted
        except NoToolchainError as error:
            yield Finding(name, None, f"{error.message}: tree-sitter judges instead")
        except MazeError as error:
            yield Finding(name, False, error.message)
        else:
            yield Finding(name, works, place)
