from __future__ import annotations

from datetime import UTC, datetime

import pytest

from net4u.base import regular

NOW = datetime(2026, 5, 15, 9, tzinfo=UTC)


def test_one_fault_is_loud_and_keeps_nothing_else_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken(_now: datetime) -> None:
        raise ValueError("The disk is full.")

    monkeypatch.setattr(regular, "DO", [broken, done.append])
    regular.do_all(NOW)
    assert done == [NOW]
    assert "broken failed." in caplog.text
    assert "The disk is full." in caplog.text
