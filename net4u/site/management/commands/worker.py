import warnings
from typing import Any

from celery.beat import EmbeddedService
from django.conf import settings
from django.core.management import BaseCommand, CommandError

from net4u.celery import app


class Command(BaseCommand):
    help = "Background work without Redis: worker and clock as threads of this one process."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REDIS_URL:
            raise CommandError("REDIS_URL is set: run `celery -A net4u worker` and `celery -A net4u beat`.")
        # The in-memory broker lives in this process, so the clock must too (`worker -B` starts another one).
        # Told by name, or it would keep its schedule in a file of the current folder.
        clock = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
        clock.start()  # type: ignore[union-attr]  # celery-types knows only the kind without a start
        # Celery warns root because a pickled message could run code; we accept JSON alone.
        warnings.filterwarnings("ignore", message="You're running the worker with superuser")
        app.Worker(pool="threads", concurrency=2, loglevel="WARNING", quiet=True).start()
        clock.stop()
