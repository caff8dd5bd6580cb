"""What the owner of the network decided and the ground has to know. A higher package keeps it, and says so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Decisions(NamedTuple):
    """What is empty is shown as "not stated"."""

    data_controller: str
    data_licence: str
    reports_kept_days: int


_KEEPERS: list[Callable[[], Decisions]] = []


def decided_by(keeper: Callable[[], Decisions]) -> Callable[[], Decisions]:
    """Decorator: this looks the decisions up."""
    _KEEPERS.append(keeper)
    return keeper


def decisions() -> Decisions:
    return _KEEPERS[-1]()
