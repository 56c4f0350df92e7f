"""`pytest tests/conformance` runs the suites at their CI size, `-m full` at their full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.size import CI, FULL, Size

HERE = Path(__file__).parent


SIZES = [pytest.param(CI, id="ci"), pytest.param(FULL, id="full", marks=pytest.mark.full)]


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> Size:
    """How much to measure."""
    assert isinstance(request.param, Size)
    return request.param


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the full sizes unless `-m` names them."""
    if "full" in config.option.markexpr:
        return
    full = [item for item in items if HERE in item.path.parents and item.get_closest_marker("full")]
    if full:
        config.hook.pytest_deselected(items=full)
        items[:] = [item for item in items if item not in full]
