"""One decision about many records. Packages register their lists and what can be done there; base knows no app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.change import Conflict, change
from net4u.base.forms import WordsToAuthorForm
from net4u.base.states import NotAllowed, TransitionError
from net4u.base.trial import tried

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import Promise

    from net4u.base.filters import ViewerFilterSet
    from net4u.base.states import EditorialRecord
    from people.models import User

#: So many at once: each is tried before, and all of them are locked while it is done.
MOST = 50
#: What stands in the way of a decision about one record; its sentence is shown beside the record.
REFUSALS = (ValidationError, TransitionError, NotAllowed, Conflict)


class BulkAction(NamedTuple):
    """``do`` takes a record, what the form told, and who decides; it asks for the permission itself.

    ``told`` is what is assumed for the preview where the form is not filled in yet.
    """

    #: What is written in the journal after the kind of record: the word of the service.
    key: str
    name: str | Promise
    do: Callable[[Any, dict[str, Any], User], object]
    form: type[forms.Form] | None = None
    told: Callable[[], dict[str, Any]] = dict


def publishing(do: Callable[[Any, dict[str, Any], User], object]) -> BulkAction:
    return BulkAction("published", gettext_lazy("Publish"), do)


def asking_for_changes(do: Callable[[Any, dict[str, Any], User], object]) -> BulkAction:
    return BulkAction(
        "changes_requested", gettext_lazy("Ask for changes"), do, WordsToAuthorForm, lambda: {"words": "?"}
    )


class Listed(NamedTuple):
    """The secretariat's list of one kind of record, whatever its state."""

    model: type[EditorialRecord]
    filterset: type[ViewerFilterSet]
    #: Where one of them is looked at and decided.
    page: str
    actions: dict[str, BulkAction]


LISTED: dict[str, Listed] = {}


def can_be_listed(
    model: type[EditorialRecord], filterset: type[ViewerFilterSet], page: str, actions: Sequence[BulkAction]
) -> None:
    LISTED[str(model._meta.model_name)] = Listed(model, filterset, page, {each.key: each for each in actions})


class Foreseen(NamedTuple):
    """What an action would do to one record: words before and after, or the sentence that stands in the way."""

    record: Any
    before: str = ""
    after: str = ""
    refused: str = ""

    @property
    def token(self) -> str:
        """Names the record as it was when somebody looked."""
        return f"{self.record.pk}:{self.record.version}"


def in_words(record: Any) -> str:
    """What a decision about many can change: the state, and the pillars."""
    return " · ".join([record.get_state_display(), *(str(each) for each in record.pillars.all())])


def foresee(action: BulkAction, records: Iterable[Any], *, told: dict[str, Any], by: User) -> list[Foreseen]:
    """Each record is tried alone, and undone."""
    return [_foreseen(action, record, told or action.told(), by) for record in records]


def _foreseen(action: BulkAction, record: Any, told: dict[str, Any], by: User) -> Foreseen:
    before, fresh = in_words(record), type(record)._base_manager.get(pk=record.pk)

    def done() -> str:
        action.do(fresh, told, by)
        return in_words(type(record)._base_manager.get(pk=record.pk))

    try:
        return Foreseen(record, before, tried(done, by=by, what="bulk.tried"))
    except REFUSALS as error:
        return Foreseen(record, before, refused=sentence(error))


def sentence(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def do_for_all(
    action: BulkAction, records: Sequence[Any], *, tokens: Iterable[str], told: dict[str, Any], by: User
) -> int:
    """All of them in one change, or none; each journal says the same as if it had been done alone.

    Raises :class:`TransitionError` when one changed since it was looked at.
    """
    seen, done = set(tokens), 0
    kind = records[0]._meta.model_name
    with change(by=by, what=f"{kind}.{action.key}", why=told.get("words", "")):
        for record in sorted(records, key=lambda each: str(each.pk)):
            if Foreseen(record).token not in seen:
                raise TransitionError(_("“%(record)s” was changed meanwhile. Look once more.") % {"record": record})
            action.do(record, told, by)
            done += 1
    return done
