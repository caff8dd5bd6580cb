"""Mails that the outbox gave up: a person must look, so each waits in the inbox until somebody decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base import inbox, outbox
from net4u.base.change import change
from net4u.base.models import OutboxMessage
from net4u.base.states import TransitionError, require

if TYPE_CHECKING:
    from people.models import User


#: What a mail was about, by the first part of its key; the rest of the key names persons and records.
WORDS = {
    "account": gettext_lazy("A mail about an account"),
    "reminder": gettext_lazy("A reminder of a due date"),
    "report": gettext_lazy("A mail about a message to the secretariat"),
}


def words_of(message: OutboxMessage) -> str:
    return str(WORDS.get(message.key.partition(":")[0], gettext_lazy("A mail")))


def given_up() -> QuerySet[OutboxMessage]:
    """Oldest first."""
    return OutboxMessage.objects.filter(gave_up_at__isnull=False, done_at__isnull=True).order_by("gave_up_at", "id")


def send_again(*, message: OutboxMessage, by: User | None) -> None:
    """As if it were new: it is due now and has all its attempts again."""
    _decide(message, by, "message.sent_again", gave_up_at=None, attempts=0, due=timezone.now())
    outbox.ring()


def put_aside(*, message: OutboxMessage, by: User | None) -> None:
    """It is not sent any more, and its content is dropped like that of a mail that was sent."""
    _decide(message, by, "message.put_aside", done_at=timezone.now(), payload={})


def _decide(message: OutboxMessage, by: User | None, what: str, **values: Any) -> None:
    require(by, "base.settle_outboxmessage", message)
    with change(by=by, what=what):
        if not given_up().filter(pk=message.pk).update(**values):
            raise TransitionError(_("Somebody else decided about this mail meanwhile."))


@inbox.register
class MailsWaiting(inbox.Waiting):
    key = "mails"
    name = one = gettext_lazy("Mail that was not delivered")
    sign = "warning"

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return given_up()

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for each in rows:
            yield inbox.Item(cls.one, words_of(each), each.gave_up_at, reverse("given_up", args=[each.pk]))
