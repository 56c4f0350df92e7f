"""What was measured of the grammars: a file in the repository for each part of each grammar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Literal, get_args

from benchmarks.grammar_pages import Measures
from tests.conformance import pythons
from tests.conformance.language import STARTS, Language, LanguageName, Profile
from tests.conformance.languages import language

Part = Literal["recall", "soundness", "mutation", "long", "masks", "versions"]
PARTS: tuple[Part, ...] = get_args(Part)
PROFILES: tuple[Profile, ...] = ("generate", "full")
# Other styles in which models write a language; `full` takes them all.
STYLES: dict[LanguageName, str] = {"typescript": "no-semicolons", "tsx": "no-semicolons"}
KEPT = Path(__file__).parent / "measured"


@dataclass(frozen=True, slots=True)
class Measured:
    """A grammar that is measured: a profile of a language, in its usual version or another."""

    name: LanguageName
    profile: Profile
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.name} `{self.profile}`{f', {self.version}' if self.version else ''}"

    @property
    def language(self) -> Language:
        """The language in that version."""
        return language(self.name, self.version)

    @property
    def parts(self) -> list[Part]:
        """What is measured of it: a style's long programs are those of the usual one."""
        left_out: set[Part] = {"long"} if self.version else set()
        if self.version or self.profile != "full" or not further_versions(self.name):
            left_out.add("versions")
        return [part for part in PARTS if part not in left_out]

    def kept_at(self, part: Part) -> Path:
        """The file in which a part is kept."""
        version = f"-{self.version}" if self.version else ""
        return KEPT / f"{self.name}-{self.profile}{version}-{part}.json"


def measured(name: LanguageName) -> list[Measured]:
    """The grammars of a language that have a column of their own."""
    styles = [Measured(name, "generate", STYLES[name])] if name in STYLES else []
    return [*(Measured(name, profile) for profile in PROFILES), *styles]


def further_versions(name: LanguageName) -> list[str]:
    """The versions beside the usual one for which there is a judge."""
    if name == "python":
        return [each for each in pythons.VERSIONS if each != pythons.RUNNING]
    further = {"rust": ["2021"], "zig": ["0.16", "0.15"]}
    return further.get(name, [])


def keep(of: Measured, part: Part, found: Measures) -> None:
    """Writes one part, with what it is true of."""
    found |= {
        "parser": of.language.parser,
        "llguidance": version("llguidance"),
        "grammar": fingerprint(of, part),
    }
    of.kept_at(part).write_text(json.dumps(found, indent=1), "utf-8")


def fingerprint(of: Measured, part: Part) -> str:
    """A hash of the grammars that a part measures."""
    starts = [None, *STARTS] if part == "soundness" else [None]
    versions = further_versions(of.name) if part == "versions" else [of.version]
    spoken = [language(of.name, each) for each in versions]
    texts = [each.grammar(of.profile, start) for each in spoken for start in starts]
    return sha256("\n".join(texts).encode()).hexdigest()


def read(name: LanguageName, *, current: bool = False) -> Measures:
    """What is kept of a language; if it is to be `current`, at full size and of the grammar as it
    is now."""
    found: Measures = {"profiles": [], "versions": [], "parser": language(name).parser}
    engines = set()
    for each in measured(name):
        parts = {}
        for part in each.parts:
            place = each.kept_at(part)
            kept = json.loads(place.read_text("utf-8")) if place.exists() else {}
            if kept and (not current or is_current(kept, each, part)):
                engines.add(kept["llguidance"])
                found["versions"] += kept.get("versions", [])
                if part != "versions":
                    parts[part] = kept
        found["profiles"].append({"name": str(each), "parts": parts})
    return found | {"llguidance": sorted(engines)}


def is_current(kept: Measures, of: Measured, part: Part) -> bool:
    """Whether a part was measured at full size, with the grammars as they are."""
    return bool(kept["size"] == "full" and kept["grammar"] == fingerprint(of, part))
