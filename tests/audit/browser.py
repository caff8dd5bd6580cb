"""Debian's Chromium, driven by Playwright. It resolves no name but the portal's, so nothing leaves the machine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]  # fmt: skip


#: The first is the same engine without the frame of a window, which nobody here looks at: half the time.
PROGRAMS = ("chromium-headless-shell", "chromium")


def program() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or sys.exit("Chromium is missing: install the Debian package chromium-headless-shell.")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
