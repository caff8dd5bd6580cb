"""A portal of the audit's own: real processes, the public record and the demonstration, always on the same day."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.site.processes import LEFT_OUT, environment
from tools.with_services import free_port

#: The day on which everything is looked at: pictures and problems are the same whenever the audit runs.
NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
START_SECONDS = 180
ROOT = Path(__file__).resolve().parents[2]
CLOCK = Path(__file__).with_name("clock")


@dataclass(frozen=True)
class Portal:
    address: str
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "portal.log"


@contextmanager
def portal() -> Iterator[Portal]:
    """Our own settings are the portal's from here on, so that what a page needs can be looked up in its database."""
    with tempfile.TemporaryDirectory(prefix="net4u-audit-") as folder:
        for name in LEFT_OUT:
            os.environ.pop(name, None)
        port = free_port()
        os.environ.update(environment(Path(folder), PORT=str(port)))
        started = Portal(f"http://localhost:{port}", Path(folder))
        with _running(started):
            _set_up()
            yield started


@contextmanager
def _running(started: Portal) -> Iterator[None]:
    clock = {"NET4U_AUDIT_CLOCK": NOW.isoformat(), "PYTHONPATH": str(CLOCK)}
    with started.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT, env=os.environ | clock, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_for(started, process)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _wait_for(started: Portal, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urlopen(f"{started.address}/health/live"):
                return
        except URLError:
            time.sleep(0.2)
    sys.exit(f"The portal did not start:\n{started.log.read_text(errors='replace')[-3000:]}")


def _set_up() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "net4u.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in each thread
    django.setup()
