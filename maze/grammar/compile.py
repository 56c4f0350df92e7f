"""Source -> flat text: imports, templates, loops and conditions, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maze.errors import GrammarError, UsageError
from maze.grammar.checks import check_ends, check_loops, check_names
from maze.grammar.depth import check_depth
from maze.grammar.expansion import Expansion
from maze.grammar.flat import Flat, Writer
from maze.grammar.inlining import inline
from maze.grammar.module import Files, Module, modules
from maze.grammar.nodes import Definition, Option
from maze.grammar.pruning import prune
from maze.grammar.source import Source

MAX_FLAT_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """The flat text of a grammar, and what it imports by the path where it was looked up."""

    flat: Flat
    imports: Mapping[Path, Source]


def compile_source(source: Source, options: Mapping[str, str], start: str | None) -> Compiled:
    """Compiles a grammar; raises GrammarError at the place of the first thing that is wrong."""
    try:
        return _compiled(source, options, start)
    except RecursionError as error:
        raise GrammarError("the grammar is nested too deeply", name=source.name) from error


def _compiled(source: Source, options: Mapping[str, str], start: str | None) -> Compiled:
    files = Files()
    root = files.root(source)
    _check_options(root, options)
    for module in modules(root):
        check_names(module)
    rules, ignored = Expansion(root, options).rules(_start(root, start))
    rules, ignored = prune(rules, ignored)
    if not any(rule.name == "start" for rule in rules):
        raise _start(root, start).place.error("with these options nothing is left of `start`")
    check_ends(rules)
    check_loops(rules)
    check_depth(rules)
    if root.is_inlined:
        rules = inline(rules, ignored)
    writer = Writer()
    writer.grammar(root.engine_options, rules, ignored)
    flat = writer.flat()
    if len(flat.text) > MAX_FLAT_BYTES:
        megabytes = MAX_FLAT_BYTES // 1_000_000
        raise GrammarError(f"the flat text is larger than {megabytes} MB", name=source.name)
    return Compiled(flat, files.imports)


def _start(root: Module, name: str | None) -> Definition:
    wanted = "start"
    if name is not None:
        choices = {start.name: start.rule for start in root.starts}
        if name not in choices:
            known = ", ".join(choices) or "none"
            grammar = Path(root.source.name).stem
            raise UsageError(
                f"no start `{name}` in the grammar `{grammar}`", hint=f"it has {known}"
            )
        wanted = choices[name]
    if wanted not in root.names:
        if name is None:
            hint = "name the rule for the whole text `start`"
            raise GrammarError("there is no rule `start`", name=root.source.name, hint=hint)
        place = next(start.place for start in root.starts if start.name == name)
        root.find(wanted, place)
    definition = root.names[wanted][1]
    if definition.parameters or definition.parametric:
        raise definition.place.error("the start can't have parameters")
    return definition


def _check_options(root: Module, options: Mapping[str, str]) -> None:
    declared = _declared(root)
    for name, value in options.items():
        if name not in declared:
            known = ", ".join(declared) or "none"
            reason = f"the grammar has no option `{name}`"
            raise GrammarError(reason, name=root.source.name, hint=f"there are: {known}")
        if value not in declared[name].values:
            reason = f"option `{name}` has no value `{value}`"
            hint = f"it has {', '.join(declared[name].values)}"
            raise GrammarError(reason, name=root.source.name, hint=hint)


def _declared(root: Module) -> dict[str, Option]:
    """The options of all files, of which no two may declare one in two ways."""
    declared: dict[str, Option] = {}
    for module in modules(root):
        for name, option in module.options.items():
            first = declared.setdefault(name, option)
            if (option.values, option.default) != (first.values, first.default):
                where = f"in `{first.place.source.name}` it has {', '.join(first.values)}"
                hint = f"{where}, and {first.default} is the default"
                reason = f"option `{name}` is declared in another way elsewhere"
                raise option.place.error(reason, hint)
    return declared
