"""Which language a request is about, and what happens when that can't be told."""

from pathlib import Path
from typing import get_args

import pytest

from maze.errors import LanguageError
from maze.language_choice import in_prompt, infer
from maze.languages import LANGUAGES, LanguageName, find, for_path, table


def refusal(*request: object) -> tuple[str, str | None]:
    with pytest.raises(LanguageError) as caught:
        infer(*request)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2
    return caught.value.message, caught.value.hint


# --- names and files ---------------------------------------------------------------------------


def test_every_language_name_of_the_type_has_a_language():
    assert sorted(language.name for language in LANGUAGES) == sorted(get_args(LanguageName))


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("python", "python"),
        ("Python", "python"),
        ("py", "python"),
        ("go", "go"),
        ("golang", "go"),
        ("ts", "typescript"),
        ("TypeScript", "typescript"),
        ("tsx", "tsx"),
        ("rs", "rust"),
        ("zig", "zig"),
    ],
)
def test_a_language_is_found_by_any_of_its_names(name, language):
    assert find(name).name == language


def test_an_unknown_language_is_refused_with_the_nearest_known_one():
    assert refusal("pyhton", None, "", None) == (
        "unknown language `pyhton`",
        "did you mean `python`?",
    )


def test_an_unknown_language_that_resembles_none_is_refused_with_the_known_ones():
    assert refusal("cobol", None, "", None) == (
        "unknown language `cobol`",
        "maze knows Python, Go, Rust, TypeScript, TSX and Zig",
    )


@pytest.mark.parametrize(
    ("file", "language"),
    [
        ("a.py", "python"),
        ("stubs/a.pyi", "python"),
        ("A.PY", "python"),
        ("cmd/main.go", "go"),
    ],
)
def test_a_file_s_language_is_told_by_its_extension(file, language):
    assert for_path(Path(file)).name == language


def test_a_file_with_another_extension_is_refused_with_the_known_ones():
    with pytest.raises(LanguageError) as caught:
        for_path(Path("notes.txt"))
    assert caught.value.message == "the name of `notes.txt` doesn't tell its language"
    assert caught.value.hint == (
        "name it with `--language`; the extensions maze knows are .py, .pyi, .pyw, .go, .rs, "
        ".ts, .mts, .cts, .tsx, .zig"
    )


# --- the order ---------------------------------------------------------------------------------


def test_the_option_comes_before_everything_else():
    assert infer("go", Path("a.py"), "a Python function", "python").name == "go"


def test_the_output_s_extension_comes_before_the_prompt():
    assert infer(None, Path("a.go"), "a Python function", "python").name == "go"


def test_the_prompt_comes_before_the_setting():
    assert infer(None, Path("out.txt"), "a Go function", "python").name == "go"


def test_the_setting_comes_last():
    assert infer(None, None, "add two numbers", "go").name == "go"


def test_without_any_of_them_the_request_is_refused_with_the_choices():
    assert refusal(None, None, "add two numbers", None) == (
        "the prompt doesn't name a language",
        (
            "add `--language python`, `--language go`, `--language rust`, "
            "`--language typescript`, `--language tsx` or `--language zig`, "
            "or set one with `maze config set generation.language python`"
        ),
    )


def test_the_languages_are_shown_with_their_extensions_and_styles():
    assert table() == (
        "python      Python      .py .pyi .pyw\n"
        "go          Go          .go\n"
        "rust        Rust        .rs\n"
        "typescript  TypeScript  .ts .mts .cts     semicolons, no-semicolons\n"
        "tsx         TSX         .tsx              semicolons, no-semicolons\n"
        "zig         Zig         .zig\n"
    )


# --- languages in prompts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "prompt",
    [
        "a Python function that adds two numbers",
        "Write a python function",
        "python: quicksort",
        "quicksort, Python",
        "quicksort in Python 3",
        "Use Python 3.12 features to read a file",
        "fibonacci in python.",
        "PYTHON SCRIPT TO RENAME FILES",
        "write python3 code that reads a CSV file",
        "hello world (Python)",
        "Translate this Go function to Python",
        "Convert this Go code to a Python function",
        "Port the program from Go to Python",
        "a Python function that finds words in Go source files",
        "Generate a Python client, not a Go one",
        "Write it in Python, not in Go",
        "Write it in Python instead of Go",
        "Write it in pure Python without using Go",
        "parse Go structs in Python",
        "Write a class in idiomatic Python",
        "Python code to go through a list",
        "a Python script that opens go.mod and prints the module",
        "a Python script that runs `go build`",
        "a Python wrapper around the Go compiler",
        "python function that returns which way to go",
        "a zig-zag traversal in Python",
    ],
)
def test_prompts_that_ask_for_python(prompt):
    language = in_prompt(prompt)
    assert language is not None
    assert language.name == "python"


@pytest.mark.parametrize(
    "prompt",
    [
        "a Go function that adds two numbers",
        "Go function that adds two numbers",
        "Go HTTP server with a health route",
        "write go code that reads a file",
        "a go function that sorts ints",
        "quicksort in Go",
        "quicksort in go",
        "WRITE A QUICKSORT IN GO",
        "quicksort (Go)",
        "quicksort, Go",
        "Go: quicksort",
        "go: quicksort",
        "quicksort in the Go language",
        "a golang worker pool",
        "Golang",
        "Using Go 1.22, write a worker pool",
        "Rewrite this Python class in Go",
        "Convert Python code to Go code",
        "Translate it into Go",
        "Implement it in Go, like Python's zip",
        "a rate limiter for Go",
        "Go through the list in Go",
        "Write a Go struct for this JSON",
        "Implement binary search. Language: Go",
        "language: go\nImplement binary search",
        "go func to reverse a string",
        "create a Go REST API handler",
        "A Go method on *Stack that pops",
        "Write a function in Go that calls a Python script",
        "How do I read a file with Go?",
    ],
)
def test_prompts_that_ask_for_go(prompt):
    language = in_prompt(prompt)
    assert language is not None
    assert language.name == "go"


@pytest.mark.parametrize(
    "prompt",
    [
        "go through a list and print each element",
        "Go through the list and print each element",
        "Go over each function and count its lines",
        "Print the words. Go back to the start when done",
        "sort the list\nGo on with the next one",
        "first sort, then go to the next line",
        "let it go",
        "Let's go! print hello",
        "a function that decides where to go next",
        "a traffic light that switches from stop to go",
        "Go!",
        "a function to go code by code over the table",
        "all in one go",
        "log in, go home",
        "the game of Go: count the liberties",
        "draw a Go board",
        "a class to play Go",
        "the card game Go Fish",
        "a Pokémon Go tracker",
        "count the go-karts",
        "read go.mod",
        "a function that removes rust from a surface",
        "how fast does iron rust?",
        "rust never sleeps",
        "zig zag conversion of a string",
        "Zig zag order of a tree",
        "a zigzag iterator",
        "#!/usr/bin/python",
        "something like Python's zip",
        "a python-like indentation parser",
        "a function that adds two numbers",
        "a JavaScript function",
        "",
    ],
)
def test_prompts_that_name_no_language(prompt):
    assert in_prompt(prompt) is None


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("a TypeScript function that debounces", "typescript"),
        ("debounce in typescript", "typescript"),
        ("a button component in TSX", "tsx"),
        ("a Rust function", "rust"),
        ("a rust function", "rust"),
        ("fibonacci in rust", "rust"),
        ("Rust quicksort", "rust"),
        ("a binary tree, Rust", "rust"),
        ("an allocator in Zig", "zig"),
        ("a zig struct", "zig"),
        ("Rewrite this Python script in Rust", "rust"),
    ],
)
def test_prompts_that_ask_for_other_languages(prompt, language):
    found = in_prompt(prompt)
    assert found is not None
    assert found.name == language


def test_a_long_prompt_is_read_in_a_moment():
    assert in_prompt("go on and on, " * 100_000 + "in Go") == find("go")
