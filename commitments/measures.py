"""How far a number has come: what the bar shows, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commitments.models import Commitment

#: The width of the bar in its own units.
WIDTH = 1000


@dataclass(frozen=True)
class Measure:
    """From where it started to the target, upwards or downwards; nothing stated at the start is none."""

    start: Decimal
    target: Decimal
    reported: Decimal | None
    confirmed: Decimal | None

    @classmethod
    def of(cls, commitment: Commitment, *, confirmed: Decimal | None) -> Measure | None:
        """None where the promise has no number."""
        if commitment.target is None:
            return None
        return cls(commitment.baseline or Decimal(0), commitment.target, commitment.value, confirmed)

    def share(self, value: Decimal | None) -> Decimal:
        """How much of the way this value is, from 0 to 1."""
        if value is None:
            return Decimal(0)
        if self.start == self.target:
            return Decimal(value >= self.target)
        return min(max((value - self.start) / (self.target - self.start), Decimal(0)), Decimal(1))

    @property
    def falls(self) -> bool:
        """Fewer is better."""
        return self.target < self.start

    @property
    def percent(self) -> int:
        """What was reported, of the way; a hundred only when the target is reached."""
        share = self.share(self.reported)
        return 100 if share == 1 else min(round(share * 100), 99)

    @property
    def further(self) -> Decimal | None:
        """What was reported beyond what is confirmed: the difference where both rise, else the value itself."""
        if self.reported is None or self.share(self.reported) <= self.share(self.confirmed):
            return None
        return self.reported if self.confirmed is None or self.falls else self.reported - self.confirmed

    @property
    def to_go(self) -> Decimal:
        best = max((self.confirmed, self.reported), key=self.share)
        if self.share(best) == 1:
            return Decimal(0)
        return abs(self.target - (self.start if best is None else best))

    @property
    def confirmed_width(self) -> int:
        return round(self.share(self.confirmed) * WIDTH)

    @property
    def further_width(self) -> int:
        return max(round(self.share(self.reported) * WIDTH) - self.confirmed_width, 0)
