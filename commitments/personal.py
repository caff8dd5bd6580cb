"""What is kept about people who report and verify."""

from __future__ import annotations

from typing import Any

from net4u.base.personal import collects
from people.models import User


@collects("reports_you_wrote")
def _updates(person: User) -> list[Any]:
    return list(person.updates.values("commitment", "reported_on", "progress", "value", "text", "next_step"))


@collects("verifications_you_made")
def _verifications(person: User) -> list[Any]:
    return list(person.verifications.values("commitment", "verified_on", "completion", "basis", "value"))
