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
    # The browser's own pages, which nobody here looks at, would take a process for each window.
    "--disable-features=PreloadTopChromeWebUI,WebUITabStrip",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]  # fmt: skip


def program() -> str:
    return shutil.which("chromium") or sys.exit("Chromium is missing: install the Debian package chromium.")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
