"""A grammar is parsed once; after that its flat text comes from the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from maze.grammar import load_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def grammar(tmp_path: Path) -> Path:
    (tmp_path / "words.lark").write_text('WORD: "a"\n')
    path = tmp_path / "g.lark"
    path.write_text("%import .words (WORD)\n%option size small large\nstart: WORD\n")
    return path


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def test_a_cached_grammar_is_read_without_lark(grammar: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    text = load_file(grammar, cache_dir=cache).text
    program = (
        "import sys; from pathlib import Path; from maze.grammar import load_file; "
        f"text = load_file(Path({str(grammar)!r}), cache_dir=Path({str(cache)!r})).text; "
        "print('lark' in sys.modules, 'llguidance' in sys.modules, repr(text))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"False False {text!r}\n"


def test_a_cached_grammar_is_equal_to_the_fresh_one(grammar: Path, tmp_path: Path) -> None:
    fresh, cached = (load_file(grammar, cache_dir=tmp_path / "cache") for _ in range(2))
    assert fresh == cached
    assert len(entries(tmp_path / "cache")) == 1


def test_a_changed_file_or_import_is_noticed(grammar: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_file(grammar, cache_dir=cache)
    (tmp_path / "words.lark").write_text('WORD: "b"\n')
    assert 'WORDS__WORD: "b"' in load_file(grammar, cache_dir=cache).text
    grammar.write_text(grammar.read_text() + '     | "c"\n')
    assert '| "c"' in load_file(grammar, cache_dir=cache).text


def test_options_are_cached_apart(grammar: Path, tmp_path: Path) -> None:
    for size in ("small", "large"):
        load_file(grammar, options={"size": size}, cache_dir=tmp_path / "cache")
    assert len(entries(tmp_path / "cache")) == 2


@pytest.mark.parametrize("damage", [b"", b"maze", b"\xff\xfe\n\n", b"maze grammar cache 1 0 00\nx"])
def test_a_damaged_entry_is_built_again(grammar: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    text = load_file(grammar, cache_dir=cache).text
    (entry,) = entries(cache)
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert load_file(grammar, cache_dir=cache).text == text
    assert entry.read_bytes() == whole
    entry.write_bytes(whole[:-3])
    assert load_file(grammar, cache_dir=cache).text == text


def test_a_cache_that_cannot_be_written_is_no_error(grammar: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load_file(grammar, cache_dir=tmp_path / "file" / "cache").text


def test_a_file_may_have_any_name(grammar: Path, tmp_path: Path) -> None:
    directory = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(directory)
    for name in ("g.lark", "words.lark"):
        (tmp_path / name).rename(Path(os.fsdecode(directory)) / name)
    path = Path(os.fsdecode(directory)) / "g.lark"
    fresh, cached = (load_file(path, cache_dir=tmp_path / "cache") for _ in range(2))
    assert fresh == cached


def test_a_link_that_leads_elsewhere_is_noticed(grammar: Path, tmp_path: Path) -> None:
    (tmp_path / "words.lark").rename(tmp_path / "one.lark")
    (tmp_path / "two.lark").write_text('WORD: "two"\n')
    link = tmp_path / "words.lark"
    link.symlink_to("one.lark")
    assert 'WORD: "a"' in load_file(grammar, cache_dir=tmp_path / "cache").text
    link.unlink()
    link.symlink_to("two.lark")
    assert 'WORD: "two"' in load_file(grammar, cache_dir=tmp_path / "cache").text


def test_a_second_link_to_an_imported_file_is_noticed(tmp_path: Path) -> None:
    path, link = tmp_path / "g.lark", tmp_path / "b.lark"
    path.write_text("%import .a (A)\n%import .b.A -> B\nstart: A B\n")
    (tmp_path / "a.lark").write_text('A: "a"\n')
    (tmp_path / "c.lark").write_text('A: "c"\n')
    link.symlink_to("a.lark")
    assert '"c"' not in load_file(path, cache_dir=tmp_path / "cache").text
    link.unlink()
    link.symlink_to("c.lark")
    assert '"c"' in load_file(path, cache_dir=tmp_path / "cache").text


def test_a_linked_grammar_imports_from_beside_the_link(grammar: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "words.lark").write_text('WORD: "other"\n')
    link = tmp_path / "other" / "g.lark"
    link.symlink_to(grammar)
    assert 'WORD: "a"' in load_file(grammar, cache_dir=tmp_path / "cache").text
    assert 'WORD: "other"' in load_file(link, cache_dir=tmp_path / "cache").text


def load_text(grammar: Path) -> str:
    return load_file(grammar, cache_dir=grammar.parent / "cache").text


def test_parallel_processes_share_it(grammar: Path, tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        texts = set(pool.map(load_text, [grammar] * 16))
    assert len(texts) == 1
    assert len(entries(tmp_path / "cache")) == 1
