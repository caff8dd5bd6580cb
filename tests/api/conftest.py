from __future__ import annotations

from typing import Any

import pytest

from tests.api.record import full_record


@pytest.fixture
def record(db: None) -> dict[str, Any]:
    """One full, public record of each kind of document."""
    return full_record()
