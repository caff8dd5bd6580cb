"""make bench: our list of 100 commitments among 100,000 beside three yardsticks, in one run and in turn.

The last line is one JSON object: our throughput divided by each yardstick's, and that of a page near the end divided
by that of the first. What is compared answers with the same content, which is looked at first.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import mean, median
from typing import NamedTuple

import psycopg2

from tests.bench import load
from tests.bench.data import postgresql_at_scale, say
from tools.with_services import free_port, service

ROUNDS = 5
#: How often each is measured for a second within a round.
TURNS = 4
LIST = "/api/v1/commitments/"
#: What the list reaches at least, by section "API" of the project's promises.
GOALS = {"list_vs_assembly": 1.2, "list_vs_stored": 0.40, "list_vs_drf": 12.0, "deep_vs_first": 0.9}
#: The last full page but one of what everybody may see.
DEEP = """
    SELECT object_id FROM base_document WHERE audience = 'public' AND kind = 'commitment' AND text <> ''
    ORDER BY object_id DESC OFFSET 200 LIMIT 1
"""


class Target(NamedTuple):
    port: int
    path: str


Round = dict[str, load.Measured]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    with postgresql_at_scale() as database_url, ExitStack() as running:
        cursor = _cursor_near_the_end(database_url)
        ours, raw, drf = (
            running.enter_context(gunicorn(app))
            for app in ("net4u.wsgi", "tests.bench.raw:app", "tests.bench.idiomatic:app")
        )
        targets = {
            "list": Target(ours, LIST),
            "deep": Target(ours, f"{LIST}?cursor={cursor}"),
            "assembly": Target(raw, "/assembly"),
            "stored": Target(raw, "/stored"),
            "drf": Target(drf, "/drf"),
        }
        compare(targets, cursor)
        rounds = measure(targets)
    report(rounds)
    return 0


def _cursor_near_the_end(database_url: str) -> str:
    with psycopg2.connect(database_url) as connection, connection.cursor() as rows:
        rows.execute(DEEP)
        (found,) = rows.fetchone() or ("",)
    connection.close()
    return str(found)


@contextmanager
def gunicorn(app: str) -> Iterator[int]:
    """Each served alike: two workers with four threads, from the project's gunicorn.conf.py."""
    port = free_port()
    with service([sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", app], port):
        yield port


def compare(targets: dict[str, Target], cursor: str) -> None:
    """The first page and one near the end say the same everywhere; the REST framework's cursor is another one."""
    pages = {name: _results(target.port, target.path) for name, target in targets.items()}
    pages |= {
        f"{name} deep": _results(targets[name].port, f"/{name}?cursor={cursor}") for name in ("assembly", "stored")
    }
    for name, found in pages.items():
        like = "deep" if "deep" in name else "list"
        if found != pages[like] or len(found) != 100:
            sys.exit(f"bench: FAILED, {name} does not answer what our list answers. Remove var/scale and try again.")


def _results(port: int, path: str) -> list[object]:
    found: list[object] = json.loads(load.get(port, path))["results"]
    return found


def measure(targets: dict[str, Target]) -> list[Round]:
    """In turns of a second, over and over within each round, so that whatever else the machine does meets all alike."""
    for target in targets.values():
        load.throughput(*target, seconds=1.0)  # connections are open, caches filled
    rounds = [_round(targets) for _ in range(ROUNDS)]
    for name in targets:
        each = [measured[name] for measured in rounds]
        spread = " ".join(f"{one.per_second:.0f}" for one in each)
        own = median(one.own_ms for one in each)
        say(f"{name:>9}: {median(one.per_second for one in each):7.1f}/s ({spread}); load generator {own:.2f} ms each")
    return rounds


def _round(targets: dict[str, Target]) -> Round:
    turns = [{name: load.throughput(*target, seconds=1.0) for name, target in targets.items()} for _ in range(TURNS)]
    return {
        name: load.Measured(*(mean(values) for values in zip(*(turn[name] for turn in turns), strict=True)))
        for name in targets
    }


def report(rounds: list[Round]) -> None:
    """Each ratio is the median of those of the rounds: what is compared was measured within the same seconds."""

    def ratio(one: str, other: str) -> float:
        return round(median(each[one].per_second / each[other].per_second for each in rounds), 2)

    ratios = {f"list_vs_{name}": ratio("list", name) for name in ("assembly", "stored", "drf")}
    ratios["deep_vs_first"] = ratio("deep", "list")
    for name, goal in GOALS.items():
        say(f"{name}: {ratios[name]:.2f}, the goal is {goal}{'' if ratios[name] >= goal else ': MISSED'}")
    print(json.dumps(ratios))


if __name__ == "__main__":
    sys.exit(main())
