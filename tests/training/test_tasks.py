"""The synthetic tasks: templates, what they render to, and the prompts that ask for them."""

from __future__ import annotations

import ast
import random
import re

import pytest

from training.tasks.imports import with_imports
from training.tasks.prompts import does, prompt
from training.tasks.templates import Family, load, render

LANGUAGES = {"python": 150, "go": 150, "rust": 25, "typescript": 25, "zig": 25, "tsx": 5}
FAMILIES = [family for language in LANGUAGES for family in load(language)]


def title(family: Family) -> str:
    return f"{family.language}: {family.name}"


@pytest.mark.parametrize(("language", "least"), LANGUAGES.items())
def test_a_language_has_many_families(language: str, least: int) -> None:
    assert len({family.name for family in load(language)}) >= least


@pytest.mark.parametrize("family", FAMILIES, ids=title)
def test_a_family_renders_without_slots_left_over(family: Family) -> None:
    for seed in range(8):
        rendering = render(family, random.Random(seed))
        assert not re.search(r"\$[A-Za-z]", rendering.code + rendering.phrase.text)
        assert rendering.code.endswith("\n")


@pytest.mark.parametrize("family", load("python"), ids=title)
def test_a_python_family_renders_to_programs_that_parse(family: Family) -> None:
    for seed in range(8):
        ast.parse(render(family, random.Random(seed)).code, feature_version=(3, 11))


def test_a_go_program_gets_its_package_and_the_imports_it_uses() -> None:
    code = 'func main() {\n\tfmt.Println(strings.ToUpper("a"))\n}\n'
    head = 'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\n'
    assert with_imports("go", code) == head + code


def test_a_python_program_gets_the_imports_it_uses() -> None:
    code = "def f(s):\n    return Counter(re.findall(s, s))\n"
    assert with_imports("python", code) == "import re\nfrom collections import Counter\n\n\n" + code


def test_a_name_that_is_asked_for_is_the_name_of_the_function() -> None:
    (family,) = [family for family in load("go") if family.name == "factorial"]
    rendering = render(family, random.Random(3), rename=True)
    assert f"func {rendering.name}(" in rendering.code
    assert rendering.name in prompt(rendering, "go", True, random.Random(4))


@pytest.mark.parametrize(
    ("imperative", "third_person"),
    [
        ("reverse a string", "reverses a string"),
        ("search a list", "searches a list"),
        ("copy a file and return its size", "copies a file and returns its size"),
        ("play FizzBuzz", "plays FizzBuzz"),
    ],
)
def test_an_imperative_turns_into_the_third_person(imperative: str, third_person: str) -> None:
    assert does(imperative) == third_person
