#!/usr/bin/env python
import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from net4u.environment import one_sentence


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "net4u.settings")
    with one_sentence():
        settings.DATABASES  # noqa: B018 -- read here, because Django's own commands would wrap a wrong value in a traceback
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
