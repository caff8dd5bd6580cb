"""What the figures are measured on: 10,000 organizations and 100,000 commitments.

Filling takes minutes, so a copy stays in ``var/scale/``: PostgreSQL's own dump, or the file of SQLite. Its name says
which code wrote it; the copy of older code is removed and a new one made. Remove the folder to fill anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.site.processes import LEFT_OUT
from tools.with_services import own, postgresql, program

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "scale"
#: The code that most of all decides what is stored; ``compare`` of the bench notices the rest.
DECIDES = (
    *(f"{floor}/{room}.py" for floor in ("*", "net4u/base") for room in ("serializers", "documents", "migrations/*")),
    "net4u/base/words.py",
    "net4u/site/demo/scale.py",
)
#: The same on every machine, because documents hold addresses.
SITE_URL = "http://localhost:8000"
STEPS = ("migrate --verbosity=0", "load_vocabulary", "load_public_record", "seed_demo --scale")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def postgresql_at_scale() -> Iterator[str]:
    """A PostgreSQL of its own with the data, for this process and those it starts."""
    with _folder() as folder, postgresql(program("initdb"), program("postgres"), folder) as database_url:
        os.environ["DATABASE_URL"] = database_url
        copy = _copy("dump")
        if copy.exists():
            say(f"The data comes from {copy.relative_to(ROOT)}.")
            _run(program("pg_restore"), "--jobs=2", "--no-owner", f"--dbname={database_url}", str(copy))
        else:
            _fill()
            _keep(copy, lambda part: _run(program("pg_dump"), "-Fc", "-Z1", f"--file={part}", database_url))
        _run(program("vacuumdb"), "--analyze", "--quiet", f"--dbname={database_url}")
        yield database_url


@contextmanager
def sqlite_at_scale() -> Iterator[Path]:
    """A data folder whose SQLite holds the data, for this process and those it starts."""
    with _folder() as folder:
        database, copy = folder / "portal" / "net4u.sqlite3", _copy("sqlite3")
        if copy.exists():
            say(f"The data comes from {copy.relative_to(ROOT)}.")
            shutil.copyfile(copy, database)
        else:
            _fill()
            _keep(copy, lambda part: _back_up(database, part))
        yield database


@contextmanager
def _folder() -> Iterator[Path]:
    """Nothing of the caller's settings reaches what is measured."""
    with tempfile.TemporaryDirectory(prefix="net4u-scale-") as name:
        folder = Path(name)
        own(folder)  # PostgreSQL makes its own folder inside
        (folder / "portal").mkdir()
        for variable in LEFT_OUT:
            os.environ.pop(variable, None)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "net4u.settings",
            "NET4U_DATA_DIR": str(folder / "portal"),
            "NET4U_TESTING": "false",
            "SITE_URL": SITE_URL,
        }
        yield folder


def _copy(ending: str) -> Path:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in DECIDES for path in ROOT.glob(pattern)}):
        digest.update(path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:12]}.{ending}"


def _fill() -> None:
    say("There is no copy of this code's data yet: it is made, which takes some minutes, and kept.")
    for step in STEPS:
        _run(sys.executable, "manage.py", *step.split())


def _keep(copy: Path, write: Callable[[Path], None]) -> None:
    """A copy has its name only once it is whole; the one it replaces goes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    part = copy.with_suffix(".part")
    write(part)
    for old in KEPT.glob(f"*{copy.suffix}"):
        old.unlink()
    part.rename(copy)


def _back_up(database: Path, part: Path) -> None:
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(part)) as there:
        here.backup(there)


def _run(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False, stdout=sys.stderr).returncode:
        sys.exit(f"{' '.join(command)} failed, see above.")
