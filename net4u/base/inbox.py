"""What waits for the secretariat. A package registers the kinds it has from its ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.forgetting import forgets
from net4u.base.models import InboxClaim
from net4u.base.states import TransitionError, require

if TYPE_CHECKING:
    from people.models import User

#: In how many working days the secretariat promises to look.
PROMISED = 10
SATURDAY = 5
#: Whoever took something and has not settled it after this time has it no more: anybody may take it.
SILENT = timedelta(days=7)


class Item(NamedTuple):
    """One thing to do: what it is, since when it waits, and the page where it is done."""

    kind: str | Promise
    words: str
    since: datetime
    address: str
    urgent: bool = False
    #: A record it is about, where there is one that still exists.
    about: Any = None
    #: The kind's key and sign, the row's key, and who took it: filled in by ``waiting``.
    key: str = ""
    item: str = ""
    sign: str = ""
    claim: InboxClaim | None = None

    @property
    def lapsed(self) -> bool:
        """Somebody took it, and was silent for too long."""
        return self.claim is not None and self.claim.since <= timezone.now() - SILENT

    @property
    def age(self) -> int:
        return working_days(timezone.localdate(self.since), timezone.localdate())

    @property
    def is_late(self) -> bool:
        return self.age > PROMISED


class Waiting:
    """A kind of thing that waits. ``items`` are given rows in the order of the inbox."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    #: What one of them is called.
    one: ClassVar[str | Promise]
    #: Its sign, of ``static/img/signs.svg``.
    sign: ClassVar[str] = "pencil"

    @classmethod
    def open(cls) -> QuerySet[Any]:
        """Everything of this kind that waits, urgent first, then oldest first."""
        raise NotImplementedError

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[Item]:
        """Rows as items, with a number of queries that does not grow with them."""
        raise NotImplementedError


KINDS: dict[str, type[Waiting]] = {}


def register(kind: type[Waiting]) -> type[Waiting]:
    """Class decorator: this kind of thing waits for the secretariat."""
    KINDS[kind.key] = kind
    return kind


def count() -> int:
    """How many things wait, in one query whatever the number of kinds."""
    first, *rest = (kind.open().order_by().values_list(Value(1)) for kind in KINDS.values())
    return first.union(*rest, all=True).count()


def waiting(*, most: int, kind: str = "", after: int = 0) -> list[Item]:
    """Of everything that waits those after the first ``after``: what is urgent on top, then by age."""
    kinds = [KINDS[kind]] if kind else list(KINDS.values())
    items = [item for each in kinds for item in _first(each, after + most)]
    shown = sorted(items, key=lambda item: (not item.urgent, item.since))[after : after + most]
    taken = {(row.kind, row.item): row for row in _claims(shown)}
    return [item._replace(claim=taken.get((item.key, item.item))) for item in shown]


def _first(kind: type[Waiting], most: int) -> Iterator[Item]:
    rows = list(kind.open()[:most])
    for row, item in zip(rows, kind.items(rows), strict=True):
        yield item._replace(key=kind.key, item=str(row.pk), sign=kind.sign)


def _claims(items: Iterable[Item]) -> QuerySet[InboxClaim]:
    keys = {item.item for item in items}
    return InboxClaim.objects.filter(item__in=keys).select_related("by")


def take(*, kind: str, item: str, by: User) -> None:
    """ "I take this". Raises ``TransitionError`` where somebody else is on it, or where it does not wait any more."""
    require(by, "base.take_inbox")
    if not KINDS[kind].open().filter(pk=item).exists():
        raise TransitionError(_("This does not wait any more: somebody settled it meanwhile."))
    now = timezone.now()
    with change(by=by, what="inbox.taken"):
        claim, is_new = InboxClaim.objects.select_for_update().get_or_create(
            kind=kind, item=item, defaults={"by": by, "since": now}
        )
        if is_new:
            return
        if claim.by_id != by.pk and claim.since > now - SILENT:
            raise TransitionError(_("%(name)s took this meanwhile.") % {"name": claim.by})
        claim.by, claim.since = by, now
        claim.save()


def let_go(*, kind: str, item: str, by: User) -> None:
    """Give it back to everybody; what somebody else took stays with them."""
    require(by, "base.take_inbox")
    with change(by=by, what="inbox.let_go"):
        InboxClaim.objects.filter(kind=kind, item=item, by=by).delete()


@forgets
def forget_claims(now: datetime) -> None:
    """Remove claims that lapsed long ago: what they were on was settled, or is anybody's."""
    old = InboxClaim.objects.filter(since__lt=now - 4 * SILENT)
    if old.exists():
        with change(by=None, what="inbox.forgotten"):
            old.delete()


def numbers() -> Mapping[str, int]:
    """How many wait, by kind."""
    return {key: kind.open().count() for key, kind in KINDS.items()}


def working_days(start: date, end: date) -> int:
    """Days from Monday to Friday after ``start``, ``end`` included. Holidays differ by country and are not known."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))
