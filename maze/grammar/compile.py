"""Source -> flat text: imports, templates, loops and conditions, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maze.errors import GrammarError
from maze.grammar.checks import check_ends, check_loops, check_names
from maze.grammar.expansion import Expansion
from maze.grammar.flat import Flat, Writer
from maze.grammar.module import Files, Module, modules
from maze.grammar.nodes import Definition
from maze.grammar.pruning import prune
from maze.grammar.source import Source

MAX_FLAT_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """The flat text of a grammar and all files that it was made from."""

    flat: Flat
    sources: tuple[Source, ...]


def compile_source(source: Source, options: Mapping[str, str], start: str | None) -> Compiled:
    """Compiles a grammar; raises GrammarError at the place of the first thing that is wrong."""
    files = Files()
    root = files.root(source)
    _check_options(root, options)
    for module in modules(root):
        check_names(module)
    rules, ignored = Expansion(root, options).rules(_start(root, start))
    rules = prune(rules)
    if not any(rule.name == "start" for rule in rules):
        raise _start(root, start).place.error("with these options nothing is left of `start`")
    check_ends(rules)
    check_loops(rules)
    writer = Writer()
    writer.grammar(root.engine_options, rules, ignored)
    flat = writer.flat()
    if len(flat.text) > MAX_FLAT_BYTES:
        megabytes = MAX_FLAT_BYTES // 1_000_000
        raise GrammarError(f"the flat text is larger than {megabytes} MB", name=source.name)
    return Compiled(flat, tuple(files.sources))


def _start(root: Module, name: str | None) -> Definition:
    wanted = "start"
    if name is not None:
        choices = {start.name: start.rule for start in root.starts}
        if name not in choices:
            known = ", ".join(choices) or "none"
            reason = f"there is no start rule `{name}`"
            raise GrammarError(reason, name=root.source.name, hint=f"there are: {known}")
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
    declared = {name: option for module in modules(root) for name, option in module.options.items()}
    for name, value in options.items():
        if name not in declared:
            known = ", ".join(declared) or "none"
            reason = f"the grammar has no option `{name}`"
            raise GrammarError(reason, name=root.source.name, hint=f"there are: {known}")
        if value not in declared[name].values:
            reason = f"option `{name}` has no value `{value}`"
            hint = f"it has {', '.join(declared[name].values)}"
            raise GrammarError(reason, name=root.source.name, hint=hint)
