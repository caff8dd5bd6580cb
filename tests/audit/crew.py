"""Shares what is to be looked at among a few browsers, as many as there are processors to count on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from threading import Thread

from tests.audit.browser import chromium
from tests.audit.visit import Visitor

BROWSERS = 2

Job = Callable[[Visitor], None]


def share(jobs: Iterable[Job], address: str, cookies: dict[str, dict[str, str]]) -> None:
    """Whoever is free takes the next. A job that fails ends the run."""
    waiting, failed = deque(jobs), list[BaseException]()

    def work() -> None:
        try:
            with chromium() as browser:
                visitor = Visitor(browser, address, cookies)
                while waiting and not failed:
                    waiting.popleft()(visitor)
        except BaseException as error:  # noqa: BLE001 -- raised again where somebody waits for it
            failed.append(error)

    browsers = [Thread(target=work, daemon=True) for _ in range(BROWSERS)]
    for each in browsers:
        each.start()
    try:
        for each in browsers:
            each.join()
    finally:
        waiting.clear()  # whoever ends us waits until the browsers are closed
        for each in browsers:
            each.join()
    if failed:
        raise failed[0]
