"""``make sweep``: who sees what, over every address. The last line on standard output is the verdict as JSON.

The addresses are shared out among two processes, each with a world of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter

#: As many as there are processors to count on.
SHARES = 2
SHARE = "NET4U_SWEEP_SHARE"
#: What each share counts for itself and is the same in all of them.
ALIKE = ("actors", "canaries")


def main() -> int:
    if SHARE in os.environ:
        return one_share(int(os.environ[SHARE]))
    begun = time.monotonic()
    shares = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.sweep"],
            env={**os.environ, SHARE: str(number)}, stdout=subprocess.PIPE, text=True,
        )
        for number in range(SHARES)
    ]  # fmt: skip
    told = [share.communicate()[0].splitlines() for share in shares]
    if any(not lines for lines in told):
        sys.exit("sweep: FAILED, one share ended without a verdict")
    print(f"swept in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(json.dumps(together([json.loads(lines[-1]) for lines in told])))
    return max(share.returncode for share in shares)


def together(verdicts: list[dict[str, int]]) -> dict[str, int]:
    """The sum of what each share found."""
    found: Counter[str] = Counter()
    for verdict in verdicts:
        found.update(verdict)
    return {name: verdicts[0][name] if name in ALIKE else number for name, number in found.items()}


def one_share(number: int) -> int:
    # A portal of its own, on loopback: neither the data nor the settings of whoever calls.
    for name in ("SITE_URL", "DEBUG", "EMAIL_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="net4u-sweep-") as folder:
        settings = {"NET4U_TESTING": "true", "NET4U_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "net4u.settings"}
        os.environ.update(settings)
        return swept(number)


def swept(number: int) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.sweep.routes import routes
    from tests.sweep.run import Sweep
    from tests.sweep.world import build

    setup_test_environment(debug=False)
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"test_sweep_{number}"
    databases = setup_databases(verbosity=0, interactive=False)
    mine = {route for at, route in enumerate(routes()) if at % SHARES == number}
    try:
        verdict = Sweep(build()).run(mine.__contains__)
    finally:
        teardown_databases(databases, verbosity=0)
    for problem in verdict.problems():
        print(problem, file=sys.stderr)
    print(verdict.line())
    return 0 if verdict.passed else 1


if __name__ == "__main__":
    sys.exit(main())
