"""The editorial life of a record: which moves exist, and the one function that makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.models import Record

if TYPE_CHECKING:
    from people.models import User


class Editorial(models.TextChoices):
    DRAFT = "draft", gettext_lazy("draft")
    SUBMITTED = "submitted", gettext_lazy("submitted")
    CHANGES_REQUESTED = "changes_requested", gettext_lazy("changes requested")
    PUBLISHED = "published", gettext_lazy("published")
    DECLINED = "declined", gettext_lazy("declined")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


#: draft → published is for the secretariat's own records; withdrawn → published for the secretariat, with a reason.
EDITORIAL_MOVES: Mapping[str, frozenset[str]] = {
    Editorial.DRAFT: frozenset({Editorial.SUBMITTED, Editorial.PUBLISHED}),
    Editorial.SUBMITTED: frozenset(
        {Editorial.CHANGES_REQUESTED, Editorial.PUBLISHED, Editorial.DECLINED, Editorial.WITHDRAWN}
    ),
    Editorial.CHANGES_REQUESTED: frozenset({Editorial.SUBMITTED, Editorial.WITHDRAWN}),
    Editorial.PUBLISHED: frozenset({Editorial.WITHDRAWN}),
    Editorial.WITHDRAWN: frozenset({Editorial.PUBLISHED}),
    Editorial.DECLINED: frozenset(),
}


class TransitionError(Exception):
    """Right input at the wrong moment: this move does not exist from where the record stands."""


class EditorialRecord(Record):
    """A record with an editorial life. ``published_at`` is its first publication and stays.

    ``is_demonstration`` marks what is invented, wherever it is shown or handed out.
    """

    state = models.CharField(max_length=20, choices=Editorial, default=Editorial.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Indexed, since every page asks whether there is any.
    is_demonstration = models.BooleanField(default=False, editable=False, db_index=True)

    class Meta(Record.Meta):
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == Editorial.PUBLISHED


def check_move(moves: Mapping[str, frozenset[str]], record: Any, field: str, to: str) -> None:
    """Raise :class:`TransitionError` unless the table has this move."""
    now = getattr(record, field)
    if to not in moves[now]:
        labels = dict(record._meta.get_field(field).choices)
        raise TransitionError(
            _("This record is “%(now)s”. It cannot become “%(to)s” from there.")
            % {"now": labels[now], "to": labels[to]}
        )


def move(record: EditorialRecord, to: Editorial) -> None:
    """Move and save; the caller opened the change and asked the permission."""
    check_move(EDITORIAL_MOVES, record, "state", to)
    record.state = to
    if to == Editorial.PUBLISHED and record.published_at is None:
        record.published_at = timezone.now()
    record.save()


def publish(record: EditorialRecord) -> None:
    """The first publication; what was withdrawn is restored instead, which needs a reason."""
    if record.state == Editorial.WITHDRAWN:
        raise TransitionError(_("This was withdrawn. It is restored, with a reason."))
    move(record, Editorial.PUBLISHED)


def restore(record: EditorialRecord, *, why: str) -> None:
    """Undo a withdrawal."""
    if not why.strip():
        raise ValidationError({"why": _("Give the reason for showing it again.")})
    if record.state != Editorial.WITHDRAWN:
        raise TransitionError(_("Only what was withdrawn can be restored."))
    move(record, Editorial.PUBLISHED)


class NotAllowed(PermissionDenied):
    """Somebody may see this, and not do it. Its sentence is ours, and shown to whoever asked."""


def require(by: User | None, permission: str, record: Any = None) -> None:
    """Raise :class:`NotAllowed` unless this person may; None is the portal itself (commands and tasks)."""
    if by is not None and not by.has_perm(permission, record):
        raise NotAllowed(_("Your account may not do this. Ask the secretariat if you think it should."))
