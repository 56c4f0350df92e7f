"""What `maze validate` prints: a line or a block a file, at last the sum."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from maze import output
from maze.validation.files import FileReport


def write_reports(reports: Iterable[FileReport], *, as_json: bool, quiet: bool) -> int:
    """Write each report as it comes and the sum to stderr; the exit code is the worst file's."""
    counts: Counter[str] = Counter()
    worst = 0
    for report in reports:
        kind = report.verdict.name if report.verdict else "unreadable"
        counts[kind] += 1
        worst = max(worst, report.exit_code)
        if as_json:
            output.write(_json(report) + "\n")
        elif not (quiet and report.exit_code == 0):
            output.write(_text(report) + "\n")
    if not as_json and (counts.total() > 1) and not (quiet and worst == 0):
        sums = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        output.say(f"{counts.total()} files: {sums}")
    return worst


def _text(report: FileReport) -> str:
    if report.error:
        hint = f"\n  hint: {report.error.hint}" if report.error.hint else ""
        return f"{report.name}: error: {report.error.message}{hint}"
    verdict = report.verdict
    if verdict is None or verdict.name == "valid":
        return f"{report.name}: valid"
    lines = [f"{report.name}:{output.place_report(verdict, report.text, verdict.name)}"]
    if verdict.parser and verdict.parser.result == "refused" and verdict.grammar == "refused":
        lines.append(f"  {verdict.parser.name} says: {verdict.parser.message}")
    return "\n".join(lines)


def _json(report: FileReport) -> str:
    error = report.error
    fields = {
        "file": report.name,
        "verdict": report.verdict.name if report.verdict else None,
        "validation": output.verdict_fields(report.verdict) if report.verdict else None,
        "error": {"type": type(error).__name__, "message": error.message, "hint": error.hint}
        if error
        else None,
    }
    return json.dumps(fields, ensure_ascii=False)
