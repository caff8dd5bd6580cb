"""Child processes of `manage.py serve`: found a free port, started together, ended together."""

import errno
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from types import FrameType

from django.core.management import CommandError

POLL_SECONDS = 0.2
END_SECONDS = 15


def bindings(port: int) -> list[str]:
    """What to listen on so that localhost and 127.0.0.1 both answer, on machines without IPv6 too."""
    require_free(socket.AF_INET, "127.0.0.1", port)
    found = [f"127.0.0.1:{port}"]
    if _has_ipv6():
        require_free(socket.AF_INET6, "::1", port)
        found.append(f"[::1]:{port}")
    return found


def require_free(family: socket.AddressFamily, host: str, port: int) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # just left by our last run: free
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            advice = f"end what listens there, or choose another with PORT={port % 65535 + 1}"
            raise CommandError(f"Port {port} {reason}: {advice}.") from error


def run_together(commands: Mapping[str, Sequence[str]]) -> None:
    """Runs until Ctrl-C or SIGTERM; a child that ends by itself ends the others, and that is an error."""
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)  # nothing else: a handler that takes a lock can wait for itself

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    # A session of their own: Ctrl-C reaches us alone, and we end them in order.
    children = {
        name: subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own commands
        for name, command in commands.items()
    }
    try:
        while not stopped and all(child.poll() is None for child in children.values()):
            time.sleep(POLL_SECONDS)
        ended = [name for name, child in children.items() if child.returncode is not None]
    finally:
        end(list(children.values()))
    if not stopped:
        raise CommandError(f"The portal stopped because {' and '.join(ended)} ended; the reason is above.")


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    until = time.monotonic() + END_SECONDS
    for child in children:
        try:
            child.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
