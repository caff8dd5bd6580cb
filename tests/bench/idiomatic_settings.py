"""Our settings; the middleware is a hundredth of what the yardstick takes, so it stays."""

from net4u.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.idiomatic"
