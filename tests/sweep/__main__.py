"""``make sweep``: who sees what, over every address. The last line on standard output is the verdict as JSON."""

from __future__ import annotations

import os
import sys
import tempfile
import time


def main() -> int:
    # A portal of its own, on loopback: neither the data nor the settings of whoever calls.
    for name in ("SITE_URL", "DEBUG", "EMAIL_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="net4u-sweep-") as folder:
        settings = {"NET4U_TESTING": "true", "NET4U_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "net4u.settings"}
        os.environ.update(settings)
        return swept()


def swept() -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.sweep.run import Sweep
    from tests.sweep.world import build

    begun = time.monotonic()
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        verdict = Sweep(build()).run()
    finally:
        teardown_databases(databases, verbosity=0)
    for problem in verdict.problems():
        print(problem, file=sys.stderr)
    print(f"swept in {time.monotonic() - begun:.0f} s on {connection.vendor}", file=sys.stderr)
    print(verdict.line())
    return 0 if verdict.passed else 1


if __name__ == "__main__":
    sys.exit(main())
