from celery import shared_task
from django.utils import timezone

from net4u.base import forgetting, imports, outbox, regular, reminders


@shared_task(name="base.sweep")
def sweep() -> int:
    """Forget what was kept long enough, do what is due, hand over the reminders whose time has come, then send."""
    now = timezone.now()
    forgetting.forget_all(now)
    regular.do_all(now)
    reminders.hand_over(now)
    return outbox.sweep(now)


@shared_task(name="base.import")
def work_on_import(pk: str) -> None:
    imports.work_on(pk)
