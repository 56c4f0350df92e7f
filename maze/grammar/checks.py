"""What is wrong with a grammar before llguidance sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maze.errors import GrammarError
from maze.grammar.expansion import Rule, wrong_arguments
from maze.grammar.module import Module
from maze.grammar.nodes import (
    Alternative,
    Argument,
    Atom,
    Call,
    Group,
    Item,
    Name,
    Not,
    Repeat,
    Text,
)
from maze.grammar.pruning import names
from maze.grammar.regexes import check_regex

# ---------------------------------------------------------------------------- names


def check_names(module: Module) -> None:
    """Refuses undefined names and wrong arguments, also where nothing is reachable."""
    for definition in module.definitions():
        _check_alternatives(definition.alternatives, module, set(definition.parameters))
    for ignore in module.ignores:
        _check_alternatives(ignore.alternatives, module, set())


def _check_alternatives(
    alternatives: Iterable[Alternative], module: Module, bound: set[str]
) -> None:
    for alternative in alternatives:
        inner = bound | {loop.variable for loop in alternative.loops}
        for conjunct in alternative.conjuncts:
            for item in conjunct:
                _check_atom(item.atom, module, inner)


def _check_atom(atom: Atom | Argument | None, module: Module, bound: set[str]) -> None:
    match atom:
        case Name(name=name, place=place) if name not in bound:
            module.find(name, place)
        case Call():
            _check_call(atom, module, bound)
        case Not(inner):
            _check_atom(inner, module, bound)
        case Group(alternatives=alternatives):
            _check_alternatives(alternatives, module, bound)
        case Text(kind="regex"):
            if error := check_regex(atom):
                raise error


def _check_call(call: Call, module: Module, bound: set[str]) -> None:
    for argument in call.arguments:
        _check_atom(argument, module, bound)
    if call.name not in bound:
        _, definition = module.find(call.name, call.place)
        if definition.parameters and len(definition.parameters) != len(call.arguments):
            raise wrong_arguments(call, definition)


# ---------------------------------------------------------------------------- endings


def check_ends(rules: list[Rule]) -> None:
    """Refuses a rule that needs itself in every alternative: its text would never end."""
    ending: set[str] = {rule.name for rule in rules if rule.definition.builtin}
    waiting = [rule for rule in rules if rule.name not in ending]
    while ready := {rule.name for rule in waiting if _can_end(rule.alternatives, ending)}:
        ending |= ready
        waiting = [rule for rule in waiting if rule.name not in ending]
    endless = {rule.name: rule for rule in waiting}
    for rule in waiting:
        if rule.definition.is_terminal:
            raise _recursive_terminal(rule)
    for rule in _cycle(endless):
        raise rule.place.error(
            f"rule `{rule.definition.name}` never ends: every alternative of it needs it again",
            "add an alternative that doesn't",
        )


def _can_end(alternatives: Iterable[Alternative], ending: set[str]) -> bool:
    return any(
        all(_item_can_end(item, ending) for conjunct in alternative.conjuncts for item in conjunct)
        for alternative in alternatives
    )


def _item_can_end(item: Item, ending: set[str]) -> bool:
    if item.repeat in ("?", "*") or (
        isinstance(item.repeat, Repeat) and not item.repeat.least.offset
    ):
        return True
    match item.atom:
        case Name(name=name):
            return name in ending
        case Group(alternatives, optional, _):
            return optional or _can_end(alternatives, ending)
    return True


# ---------------------------------------------------------------------------- loops


def check_loops(rules: list[Rule]) -> None:
    """Refuses a rule that is itself and nothing else, and a terminal that contains itself."""
    terminals = {rule.name: rule for rule in rules if rule.definition.is_terminal}
    uses = {
        name: set(names(rule.alternatives)) & terminals.keys() for name, rule in terminals.items()
    }
    for name in _on_a_cycle(uses):
        raise _recursive_terminal(terminals[name])
    nullable = _nullable(rules)
    plain = {rule.name: rule for rule in rules if not rule.definition.parametric}
    alone = {
        name: set(_alone(rule.alternatives, nullable)) & plain.keys()
        for name, rule in plain.items()
    }
    for name in _on_a_cycle(alone):
        raise plain[name].place.error(
            f"rule `{plain[name].definition.name}` can be itself with nothing before or after it",
            "remove the alternative that leads back to it",
        )


def _recursive_terminal(rule: Rule) -> GrammarError:
    return rule.place.error(
        f"terminal `{rule.definition.name}` contains itself", "write it as a rule, in lower case"
    )


def _nullable(rules: list[Rule]) -> set[str]:
    found: set[str] = set()
    while new := {
        rule.name
        for rule in rules
        if rule.name not in found and any(_is_nothing(each, found) for each in rule.alternatives)
    }:
        found |= new
    return found


def _is_nothing(alternative: Alternative, nullable: set[str]) -> bool:
    return all(_may_be_nothing(item, nullable) for items in alternative.conjuncts for item in items)


def _may_be_nothing(item: Item, nullable: set[str]) -> bool:
    if item.repeat in ("?", "*") or (
        isinstance(item.repeat, Repeat) and not item.repeat.least.offset
    ):
        return True
    match item.atom:
        case Name(name=name):
            return name in nullable
        case Text(kind="string", text=text):
            return text == '""'
        case Group(alternatives, optional, _):
            return optional or any(_is_nothing(each, nullable) for each in alternatives)
    return False


def _alone(alternatives: Iterable[Alternative], nullable: set[str]) -> Iterator[str]:
    """The names that may be all that an alternative consists of."""
    for alternative in alternatives:
        for items in alternative.conjuncts:
            needed = [item for item in items if not _may_be_nothing(item, nullable)]
            for item in items if not needed else needed if len(needed) == 1 else ():
                match item.atom:
                    case Name(name=name):
                        yield name
                    case Group(alternatives=inner):
                        yield from _alone(inner, nullable)


# ---------------------------------------------------------------------------- graphs


def _on_a_cycle(edges: Mapping[str, set[str]]) -> list[str]:
    """The nodes that are left when all that can't be on a cycle is taken away."""
    left = {name: set(targets) for name, targets in edges.items()}
    while leaves := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in leaves}
    return [name for name in left if _reaches(name, name, left)]


def _reaches(start: str, goal: str, edges: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target == goal:
                return True
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return False


def _cycle(endless: Mapping[str, Rule]) -> list[Rule]:
    edges = {name: set(names(rule.alternatives)) & endless.keys() for name, rule in endless.items()}
    return [endless[name] for name in _on_a_cycle(edges)]
