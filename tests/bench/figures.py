"""How fast the portal is at scale, apart from the API: ``python -m tests.bench.figures`` (on both databases).

Renames, hides and merges the organization with 2,000 commitments, sweeps among all reminders, asks for list pages,
and compares every document with a fresh one.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

from tests.bench.data import postgresql_at_scale, sqlite_at_scale

DATABASES: dict[str, Any] = {"postgresql": postgresql_at_scale, "sqlite": sqlite_at_scale}
PAGES = (
    "/commitments/", "/commitments/?due=overdue", "/commitments/?q=guide", "/organizations/",
    # search: frequent words (a sixth of all commitments, all of them), a rare one, a beginning, a phrase, one kind
    "/search/?q=guide", "/search/?q=commitment", "/search/?q=example-04242", "/search/?q=traf",
    "/search/?q=%22social+workers%22+guide", "/search/?q=guide&kind=organization",
)  # fmt: skip


def main(names: list[str]) -> int:
    if len(names) != 1:  # settings are read once a process
        return max(
            subprocess.run([sys.executable, "-m", "tests.bench.figures", name], check=False).returncode
            for name in names or DATABASES
        )
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    with DATABASES[names[0]]():
        import django

        django.setup()
        from net4u import staticfiles

        staticfiles.collect()  # pages name them
        return measure(names[0])


def measure(database: str) -> int:
    import django.db

    def tell(what: str, took: Took) -> None:
        print(f"{database}: {what}: {1000 * took.clock:,.0f} ms, {1000 * took.own:,.0f} of our own", flush=True)

    for path in PAGES:
        tell(f"page {path}", page(path))
    tell("a sweep that finds nothing due", sweep())
    for what, action in on_the_largest().items():
        tell(f"{what} an organization with 2,000 commitments", timed(action))
    differences: list[object] = []
    took = timed(lambda: differences.extend(check()))
    for found in differences[:10]:
        print(found, flush=True)
    tell(f"documents --check, {len(differences)} differences", took)
    django.db.connections.close_all()
    return min(len(differences), 1)


class Took(NamedTuple):
    """By the clock, and of this process's processor time: what remains of the clock is the database or other work."""

    clock: float
    own: float


def timed(action: Callable[[], object]) -> Took:
    began, used = time.perf_counter(), time.process_time()
    action()
    return Took(time.perf_counter() - began, time.process_time() - used)


def median_of_ten(action: Callable[[], object]) -> Took:
    times = [timed(action) for _ in range(10)]
    return Took(median(each.clock for each in times), median(each.own for each in times))


def page(path: str) -> Took:
    """In the server, without network, after a first one."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}.")
    return median_of_ten(lambda: client.get(path))


def sweep() -> Took:
    from net4u.base import outbox, reminders
    from net4u.base.models import Reminder

    first_due = Reminder.objects.filter(state=Reminder.State.PLANNED).earliest("due").due
    before = first_due.replace(hour=0)

    def once() -> None:
        if reminders.hand_over(before) or outbox.sweep(before):
            sys.exit("Something was due after all.")

    return median_of_ten(once)


def on_the_largest() -> dict[str, Callable[[], object]]:
    """In this order: each starts from what the one before left."""
    from organizations.enums import Appearance
    from organizations.models import Organization
    from organizations.services import draft_organization, merge_organizations, set_appearance

    def largest() -> Organization:
        return Organization.objects.get(slug="example-00000")

    def rename() -> None:
        organization = largest()
        organization.legal_name = "Example Renamed Alliance"
        draft_organization(organization=organization, by=None)

    def appear(appearance: Appearance) -> None:
        set_appearance(organization=largest(), appearance=appearance, text_version="made up", by=None)

    def merge() -> None:
        into = Organization.objects.get(slug="example-00001")
        merge_organizations(old=largest(), into=into, why="the same", by=None)

    return {
        "rename": rename,
        "hide": lambda: appear(Appearance.HIDDEN),
        "show": lambda: appear(Appearance.PUBLIC),
        "merge": merge,
    }


def check() -> Iterator[object]:
    from net4u.base import documents

    return documents.check()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
