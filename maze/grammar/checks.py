"""What is wrong with a grammar before llguidance sees it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from maze.errors import GrammarError
from maze.grammar.clauses import Clauses
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
    Text,
)
from maze.grammar.pruning import may_be_left_out, names
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
    clauses = Clauses()
    for rule in rules:
        if rule.definition.builtin:
            clauses.add(rule.name)
        _add_choice(clauses, rule.name, rule.alternatives, _can_be_left_out)
    ending = clauses.true()
    endless = {rule.name: rule for rule in rules if rule.name not in ending}
    uses = {name: names(rule.alternatives) for name, rule in endless.items()}
    if found := _on_a_cycle(endless, uses):
        if found.definition.is_terminal:
            raise _recursive_terminal(found)
        raise found.place.error(
            f"rule `{found.definition.name}` never ends: every alternative of it needs it again",
            "add an alternative that doesn't",
        )


def _add_choice(
    clauses: Clauses,
    head: Hashable,
    alternatives: Iterable[Alternative],
    is_free: Callable[[Item], bool],
) -> None:
    """`head` holds if an alternative does, which holds if all its items do that aren't free."""
    for alternative in alternatives:
        needs: list[Hashable] = []
        for item in (
            item for items in alternative.conjuncts for item in items if not is_free(item)
        ):
            match item.atom:
                case Name(name=name):
                    needs.append(name)
                case Group(alternatives=inner):
                    needs.append(id(item))
                    _add_choice(clauses, id(item), inner, is_free)
                case _:
                    needs.append(_NEVER)
        clauses.add(head, needs)


_NEVER = object()


def _can_be_left_out(item: Item) -> bool:
    return may_be_left_out(item) or isinstance(item.atom, Text | Not)


def _is_nothing(item: Item) -> bool:
    return may_be_left_out(item) or (isinstance(item.atom, Text) and item.atom.text == '""')


# ---------------------------------------------------------------------------- loops


def check_loops(rules: list[Rule]) -> None:
    """Refuses a rule that is itself and nothing else, and a terminal that contains itself."""
    terminals = {rule.name: rule for rule in rules if rule.definition.is_terminal}
    uses = {name: names(rule.alternatives) for name, rule in terminals.items()}
    if rule := _on_a_cycle(terminals, uses):
        raise _recursive_terminal(rule)
    nullable = _nullable(rules)
    plain = {rule.name: rule for rule in rules if not rule.definition.parametric}
    alone = {name: _alone(rule.alternatives, nullable) for name, rule in plain.items()}
    if rule := _on_a_cycle(plain, alone):
        raise rule.place.error(
            f"rule `{rule.definition.name}` can be itself with nothing before or after it",
            "remove the alternative that leads back to it",
        )


def _recursive_terminal(rule: Rule) -> GrammarError:
    return rule.place.error(
        f"terminal `{rule.definition.name}` contains itself", "write it as a rule, in lower case"
    )


def _nullable(rules: list[Rule]) -> set[Hashable]:
    """Names of rules, and ids of items, that may be nothing."""
    clauses = Clauses()
    for rule in rules:
        _add_choice(clauses, rule.name, rule.alternatives, _is_nothing)
    return clauses.true()


def _alone(alternatives: Iterable[Alternative], nullable: set[Hashable]) -> Iterator[str]:
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


def _may_be_nothing(item: Item, nullable: set[Hashable]) -> bool:
    return (
        _is_nothing(item)
        or id(item) in nullable
        or (isinstance(item.atom, Name) and item.atom.name in nullable)
    )


def _on_a_cycle(rules: Mapping[str, Rule], uses: Mapping[str, Iterable[str]]) -> Rule | None:
    """The first of the rules on a cycle of what they use, if there is one."""
    graph = {name: [used for used in uses[name] if used in rules] for name in rules}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        order = {name: index for index, name in enumerate(rules)}
        return rules[min(error.args[1], key=order.__getitem__)]
    return None
