import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import CommandError

from net4u.site import processes
from net4u.site.management.commands import serve
from tests.site.processes import environment, free_port, manage

UNWRITABLE = (
    "The data folder {} cannot be written (File exists): set NET4U_DATA_DIR to a folder that this user may write to.\n"
)
RESTRICTED = "Port 80 cannot be used (Permission denied): end what listens there, or choose another with PORT=81."


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_one_sentence(taken_port: int, tmp_path: Path) -> None:
    ended = manage("serve", folder=tmp_path, PORT=str(taken_port))

    sentence = f"Port {taken_port} is in use: end what listens there, or choose another with PORT={taken_port + 1}."
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"CommandError: {sentence}\n")


def test_an_unwritable_data_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ended = manage("serve", folder=tmp_path / "file")

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        2,
        "",
        UNWRITABLE.format(tmp_path / "file"),
    )


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    ended = manage(
        "serve",
        folder=tmp_path,
        PORT=str(free_port()),
        DATABASE_URL=f"postgres://net4u@127.0.0.1:{free_port()}/net4u",
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("CommandError: The database does not answer: start it, or correct DATABASE_URL (")
    assert "Traceback" not in ended.stderr


def test_the_worker_refuses_when_redis_is_there(tmp_path: Path) -> None:
    ended = manage("worker", folder=tmp_path, REDIS_URL="redis://redis:6379/0")

    sentence = "CommandError: REDIS_URL is set: run `celery -A net4u worker` and `celery -A net4u beat`.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", sentence)


def answer(address: str, portal: subprocess.Popen[str]) -> int | None:
    """None: the portal ended before it answered."""
    while portal.poll() is None:
        try:
            with urlopen(address) as response:
                status: int = response.status
                return status
        except URLError:
            time.sleep(0.2)
    return None


def test_the_portal_answers_under_both_names_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_port()
    portal = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, PORT=str(port), DEMO="no"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        answers = [answer(f"http://{host}:{port}/health/live", portal) for host in ("127.0.0.1", "localhost")]
    finally:
        portal.send_signal(signal.SIGINT)
        out, err = portal.communicate(timeout=60)

    assert answers == [200, 200], err
    assert f"The portal runs at http://localhost:{port} (Ctrl-C stops it).\n" in out
    assert "make admin EMAIL=you@example.org" in out
    assert out.endswith("The portal has stopped.\n")
    assert (portal.returncode, "Traceback" in err) == (0, False)
    assert not list(settings.BASE_DIR.glob("celerybeat-schedule*")), "the clock writes no file"


def test_with_redis_celerys_own_worker_and_clock_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", "redis://redis:6379/0")
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "net4u"]

    assert serve.background() == {
        "the worker": [*celery, "worker", "--concurrency=2"],
        "the clock": [*celery, "beat"],
    }


@pytest.fixture
def signals() -> Iterator[None]:
    """run_together() is meant for the main process and sets its handlers for good."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
def test_a_child_that_ends_ends_the_others_and_is_an_error(tmp_path: Path) -> None:
    trace = tmp_path / "ended"
    lasting = f"trap 'touch {trace}; exit' TERM; while :; do sleep 0.05; done"

    with pytest.raises(CommandError) as stopped:
        processes.run_together({"the web server": ["sh", "-c", lasting], "the worker": ["sleep", "0.3"]})

    assert str(stopped.value) == "The portal stopped because the worker ended; the reason is above."
    assert trace.exists()


def test_a_child_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "END_SECONDS", 0.2)
    deaf = subprocess.Popen(["sh", "-c", "trap '' TERM; echo; while :; do sleep 0.05; done"], stdout=subprocess.PIPE)
    assert deaf.stdout is not None
    with deaf.stdout:
        deaf.stdout.readline()  # only now does it ignore the signal
        processes.end([deaf])

    assert deaf.returncode == -signal.SIGKILL


def test_a_port_that_may_not_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(CommandError) as refused:
        processes.bindings(80)

    assert str(refused.value) == RESTRICTED


def test_a_machine_without_ipv6_is_served_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    bind = socket.socket.bind

    def without_ipv6(self: socket.socket, address: tuple[str, int]) -> None:
        if self.family == socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        bind(self, address)

    monkeypatch.setattr(socket.socket, "bind", without_ipv6)
    port = free_port()

    assert processes.bindings(port) == [f"127.0.0.1:{port}"]
