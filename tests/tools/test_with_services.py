import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import with_services


@pytest.mark.parametrize(
    ("program", "package"),
    [("initdb", "postgresql"), ("postgres", "postgresql"), ("redis-server", "redis-server")],
)
def test_a_missing_program_is_one_sentence_that_names_the_package(
    program: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [])

    with pytest.raises(SystemExit) as ended:
        with_services.program(program)

    assert ended.value.code == f"{program} is missing: install the Debian package {package}."


def test_the_newest_postgresql_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = [Path(f"/usr/lib/postgresql/{version}/bin/initdb") for version in (9, 15, 14)]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: installed)

    assert with_services.program("initdb") == "/usr/lib/postgresql/15/bin/initdb"


def test_a_service_that_does_not_start_is_one_sentence() -> None:
    with pytest.raises(SystemExit) as ended, with_services.service(["false"], with_services.free_port()):
        pass

    assert ended.value.code == "['false'] did not start."


def test_the_command_gets_the_addresses_and_its_exit_code_is_ours(tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = [
        sys.executable,
        "-c",
        f"import os; open({str(told)!r}, 'w').write(os.environ['REDIS_URL']); exit(3)",
    ]

    assert with_services.run(command, {"REDIS_URL": "redis://somewhere"}) == 3
    assert told.read_text() == "redis://somewhere"


def test_a_command_must_be_named() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tools.with_services"],
        cwd=Path(with_services.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (
        1,
        "Name the command to run: python -m tools.with_services COMMAND...\n",
    )
