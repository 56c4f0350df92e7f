"""The engine: the key-value cache gives the logits of the whole text, threads have a default."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from maze.errors import EngineError, ModelError
from maze.providers.local.engine import Session, default_threads
from tests.providers.tiny import write_checkpoint


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = write_checkpoint(tmp_path_factory.mktemp("tiny"))
    return Session(folder / "onnx" / "model.onnx", threads=1)


def test_the_cache_gives_the_logits_of_the_whole_text(session: Session) -> None:
    text = [3, 141, 59, 26, 53, 58, 97, 93]
    whole = session.decoder().logits(text)
    for cut in (1, 4, 7):
        decoder = session.decoder()
        decoder.logits(text[:cut])
        np.testing.assert_allclose(decoder.logits(text[cut:]), whole, atol=1e-4)


def test_decoders_of_one_session_do_not_share_their_texts(session: Session) -> None:
    first, second = session.decoder(), session.decoder()
    first.logits([1, 2, 3])
    np.testing.assert_allclose(second.logits([9]), session.decoder().logits([9]))


def test_logits_have_one_row_of_the_vocabulary(session: Session) -> None:
    row = session.decoder().logits([1, 2])
    assert (row.shape, row.dtype) == ((288,), np.float32)


def test_continuing_nothing_is_an_error(session: Session) -> None:
    with pytest.raises(EngineError):
        session.decoder().logits([])


def test_a_token_outside_the_vocabulary_is_an_error_of_the_engine(session: Session) -> None:
    with pytest.raises(EngineError, match="the model failed"):
        session.decoder().logits([100_000])


def test_a_damaged_file_is_an_error_of_the_model(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model at all")
    with pytest.raises(ModelError, match="can't load the weights"):
        Session(path, threads=1)


def test_a_graph_without_a_cache_is_refused(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path) / "onnx" / "model.onnx"
    graph = onnx.load(str(path))
    kept = [value for value in graph.graph.output if not value.name.startswith("present.")]
    del graph.graph.output[:]
    graph.graph.output.extend(kept)
    onnx.save(graph, str(path))
    with pytest.raises(ModelError, match=r"not a text decoder: it lacks present\.0\.key"):
        Session(path, threads=1)


def test_the_default_leaves_a_core_free() -> None:
    assert default_threads() >= 1
