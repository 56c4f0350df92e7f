"""The errors of maze.

MazeError
├── UsageError                what was asked for can't be done as asked           exit 2
│   ├── SettingsError         a settings file, key or value is wrong
│   ├── LanguageError         the language can't be told, or isn't known
│   ├── InputError            a file that was named can't be read as source text
│   ├── OutputError           the result can't be written where it should go
│   │   └── StandardOutputError
│   ├── GrammarError          a grammar is refused, with line and caret
│   ├── SizeError             a prompt or a grammar is larger than the limit
│   └── ContextError          the prompt is longer than the model's context
├── ProviderError             the engine can't do its work                        exit 3
│   ├── ModelError            a model is missing, damaged or of another kind
│   ├── NotReadyError         a server isn't ready, or its engine is gone
│   ├── BusyError             a server's queue is full
│   └── EngineError           decoding failed in the middle
├── AuthorizationError        a server wants credentials, or others               exit 4
└── Interrupted               the user stopped it                                 exit 130

Each is one sentence in lower case, without a full stop. `hint` says what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass


class MazeError(Exception):
    """Base of all errors that maze raises on purpose."""

    exit_code = 3
    hint: str | None = None

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if hint is not None:
            self.hint = hint


class UsageError(MazeError):
    """What was asked for can't be done as it was asked."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file, a key or a value is wrong."""

    hint = "`maze config list --show-origin` shows each setting and where it comes from"


class LanguageError(UsageError):
    """The language can't be told from the request, or maze has no grammar for it."""


class InputError(UsageError):
    """A file that was named can't be read as source text."""


class OutputError(UsageError):
    """The result can't be written where it should go."""


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place in a text file: line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int
    text: str

    def caret(self) -> str:
        """The source line and a caret below the column, as two lines with the line's number."""
        margin = f"{self.line:>6} | "
        # A blank for what isn't printable: control characters would act on the terminal.
        shown = "".join(each if each.isprintable() else " " for each in self.text)
        return f"{margin}{shown}\n{' ' * (len(margin) + self.column - 1)}^"


class StandardOutputError(OutputError):
    """Standard output is closed, or its other end is full or gone."""


class GrammarError(UsageError):
    """A grammar is refused; `location` is the place in the file as it was written."""

    def __init__(
        self,
        reason: str,
        *,
        location: SourceLocation | None = None,
        name: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.reason = reason
        self.location = location
        where = location.file if location else name
        message = f"invalid grammar `{where}`" if where else "invalid grammar"
        if location:
            message += f"\n  at {location.line}({location.column}): {reason}\n{location.caret()}"
        else:
            message += f"\n  {reason}"
        super().__init__(message, hint=hint)


class SizeError(UsageError):
    """A prompt, a grammar or a body is larger than the limit."""


class ContextError(UsageError):
    """The prompt leaves no room for an answer in the model's context."""


class ProviderError(MazeError):
    """The engine, the server or the network can't do its work."""

    exit_code = 3


class ModelError(ProviderError):
    """A model's files are missing, damaged or of a kind that the provider can't run."""


class NotReadyError(ProviderError):
    """A server is still starting, or its engine is gone."""


class BusyError(ProviderError):
    """A server has as many requests waiting as it takes."""


class EngineError(ProviderError):
    """Decoding failed in the middle; what was generated so far isn't trusted."""


class AuthorizationError(MazeError):
    """Credentials are missing or wrong."""

    exit_code = 4


class Interrupted(MazeError):
    """The user stopped the run."""

    exit_code = 130
