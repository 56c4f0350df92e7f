"""`pytest tests/conformance` runs the suites at their CI size, `--size full` at their full size."""

from __future__ import annotations

import pytest

from tests.conformance.size import SIZES, Size


@pytest.fixture
def size(pytestconfig: pytest.Config) -> Size:
    """How much to measure."""
    return SIZES[pytestconfig.getoption("--size")]
