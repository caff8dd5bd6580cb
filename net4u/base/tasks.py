from celery import shared_task
from django.utils import timezone

from net4u.base import outbox


@shared_task(name="base.sweep")
def sweep() -> int:
    return outbox.sweep(timezone.now())
