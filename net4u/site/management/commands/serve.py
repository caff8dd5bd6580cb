import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from net4u.site.demo.network import is_loaded
from net4u.site.processes import bindings, run_together
from people.models import User


class Command(BaseCommand):
    help = "Prepares the data and runs the whole portal (web server and background work) until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        addresses = bindings(settings.PORT)
        call_command("prepare")
        if wants_demonstration():
            call_command("seed_demo", stdout=self.stdout)
        self.announce()
        run_together({"the web server": gunicorn(addresses)} | background())
        self.stdout.write("The portal has stopped.")

    def announce(self) -> None:
        self.stdout.write(
            f"\nThe portal runs at {settings.SITE_URL} (Ctrl-C stops it).\n"
            "Make an administrator of your own in another terminal: make admin EMAIL=you@example.org\n"
        )
        self.stdout.flush()


def wants_demonstration() -> bool:
    """On the first start on somebody's own machine, before anybody has an account; an office in use gets nothing."""
    return settings.DEMO and settings.LOOPBACK and (is_loaded() or not User.objects.exists())


def gunicorn(addresses: list[str]) -> list[str]:
    return [sys.executable, "-m", "gunicorn", *(f"--bind={address}" for address in addresses)]


def background() -> dict[str, list[str]]:
    if not settings.REDIS_URL:
        return {"the worker": [sys.executable, "manage.py", "worker"]}
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "net4u"]
    return {"the worker": [*celery, "worker", "--concurrency=2"], "the clock": [*celery, "beat"]}
