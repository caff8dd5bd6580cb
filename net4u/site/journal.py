"""Who changed a record, and the button that takes it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CASCADE, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView

from net4u.base.column_words import COLUMNS, column_in_words
from net4u.base.forms import ReasonForm, told_of
from net4u.base.guards import records
from net4u.base.models import JournalEntry, Record
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial, TransitionError
from net4u.base.takedown import KINDS_TO_TAKE_DOWN, TakesDown, vanishing
from net4u.base.views import WindowPaginator
from organizations.models import Organization

if TYPE_CHECKING:
    from uuid import UUID

#: What happened, by the last part of its name; the first part names the kind of record.
WORDS = {
    "published": gettext_lazy("published"),
    "withdrawn": gettext_lazy("taken down"),
    "restored": gettext_lazy("shown again"),
    "submitted": gettext_lazy("sent to the secretariat"),
    "changes_requested": gettext_lazy("changes were asked for"),
    "declined": gettext_lazy("declined"),
    "merged": gettext_lazy("merged"),
    "reported": gettext_lazy("progress was reported"),
    "verified": gettext_lazy("progress was verified"),
    "moved": gettext_lazy("moved"),
    "tagged": gettext_lazy("a pillar was added"),
    "answered": gettext_lazy("an answer was recorded"),
    "assessed": gettext_lazy("an assessment was recorded"),
}


class Field(NamedTuple):
    """One field of a change, in words."""

    name: str
    before: str
    after: str


class Line(NamedTuple):
    """One entry of the journal, in words. ``part`` names the kind of a part of the record, "" for itself."""

    entry: JournalEntry
    part: str
    what: str
    who: str
    fields: list[Field]


class OfRecord(ForSecretariat):
    """A page about one record of any kind, named in the address."""

    kwargs: dict[str, Any]

    @cached_property
    def of_kind(self) -> type[Record]:
        kinds = {str(model._meta.model_name): model for model in records()}
        if self.kwargs["kind"] not in kinds:
            raise Http404
        return kinds[self.kwargs["kind"]]

    @cached_property
    def record(self) -> Any:
        """None where it was deleted; its journal stays."""
        return self.of_kind._base_manager.filter(pk=self.kwargs["pk"]).first()


def parts_of(model: type[Record]) -> dict[str, tuple[type[Record], str]]:
    """The kinds of records that go with it when it goes, by label, and the column that says whose they are."""
    return {
        relation.related_model._meta.label_lower: (relation.related_model, relation.field.attname)
        for relation in model._meta.related_objects
        if getattr(relation, "on_delete", None) is CASCADE and relation.related_model in records()
    }  # fmt: skip


def entries_of(model: type[Record], pk: UUID) -> QuerySet[JournalEntry]:
    """What happened to a record and to its parts, those that are gone as well: the journal says whose they were."""
    found = Q(object_id=pk, model=model._meta.label_lower)
    for label, (_part, column) in parts_of(model).items():
        named = Q(**{f"diff__{column}__0": str(pk)}) | Q(**{f"diff__{column}__1": str(pk)})
        theirs = JournalEntry.objects.filter(named, model=label)
        found |= Q(model=label, object_id__in=theirs.values("object_id"))
    return JournalEntry.objects.filter(found)


class Journal(OfRecord, ListView):
    """Every change of a record and of its parts, newest first."""

    permission_required = "base.view_journal"
    template_name = "secretariat/journal.html"
    context_object_name = "entries"
    paginate_by = 50
    paginator_class = WindowPaginator

    def get_queryset(self) -> Any:
        rows = entries_of(self.of_kind, self.kwargs["pk"])
        if self.record is None and not rows.exists():
            raise Http404
        return rows.select_related("by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        sees_names = self.request.user.has_perm("people.change_user")
        entries = list(known["entries"])
        kinds = {self.of_kind._meta.label_lower: self.of_kind}
        kinds |= {label: part for label, (part, _column) in parts_of(self.of_kind).items()}
        named = names_in(kinds, entries)
        return known | {
            "record": self.record,
            "kind": self.kwargs["kind"],
            "of": self.of_kind._meta.verbose_name,
            "lines": [
                Line(
                    each,
                    "" if kinds[each.model] is self.of_kind else str(kinds[each.model]._meta.verbose_name),
                    what_of(each),
                    who_of(each, sees_names=sees_names),
                    in_fields(kinds[each.model], each, named),
                )
                for each in entries
            ],
            "can_be_taken_down": self.kwargs["kind"] in KINDS_TO_TAKE_DOWN,
            "can_be_merged": self.of_kind is Organization
            and self.request.user.has_perm("organizations.merge_organization", self.record),
        }


def what_of(entry: JournalEntry) -> str:
    return str(WORDS.get(entry.what.rpartition(".")[2], entry.get_verb_display()))


def who_of(entry: JournalEntry, *, sees_names: bool) -> str:
    """Colleagues by name. Who acts for an organization is named to administrators, who know accounts anyway."""
    if entry.by is None:
        return _("the portal itself, or a person who left")
    if sees_names or entry.by.is_staff:
        return str(entry.by)
    return _("somebody of an organization")


def field_of(model: type[Record], column: str) -> Any:
    try:
        return model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:  # a column of an earlier release
        return None


def names_in(kinds: Mapping[str, type[Record]], entries: Iterable[JournalEntry]) -> dict[str, str]:
    """What the keys of related records are called now: one question for each kind, whatever the number of rows."""
    wanted: dict[Any, set[str]] = {}
    for entry in entries:
        for column, values in entry.diff.items():
            field = field_of(kinds[entry.model], column)
            if field is not None and field.is_relation:
                wanted.setdefault(field.related_model, set()).update(str(value) for value in values if value)
    found: dict[str, str] = {}
    for related, keys in wanted.items():
        found |= {str(row.pk): str(row) for row in related._base_manager.filter(pk__in=keys)}
    return found


def said(value: Any, known: Mapping[str, str]) -> str:
    """A stored value as people read it; nothing for what is empty."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(said(each, known) for each in value)
    return known.get(str(value), str(value))


def in_fields(model: type[Record], entry: JournalEntry, named: dict[str, str]) -> list[Field]:
    fields = []
    for column, (before, after) in sorted(entry.diff.items()):
        field = field_of(model, column)
        labels = dict(getattr(field, "flatchoices", ()) or ())
        known = {str(key): str(label) for key, label in labels.items()} | named
        words = column_in_words(model, column) if field is not None or column in COLUMNS else column
        fields.append(Field(words, said(before, known), said(after, known)))
    return [each for each in fields if each.before or each.after]


class TakeDown(OfRecord, FormView):
    """One button, a reason, and what goes with it. Who may show it again finds that here, too."""

    permission_required = "base.take_down"
    template_name = "secretariat/take_down.html"
    form_class = ReasonForm

    @cached_property
    def takes(self) -> TakesDown:
        if self.kwargs["kind"] not in KINDS_TO_TAKE_DOWN:
            raise Http404
        return KINDS_TO_TAKE_DOWN[self.kwargs["kind"]]

    @cached_property
    def record(self) -> Any:
        return get_object_or_404(self.takes.model._base_manager, pk=self.kwargs["pk"])

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.record.state == Editorial.WITHDRAWN)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        may_restore = self.request.user.has_perm(
            f"{self.takes.model._meta.app_label}.restore_{self.takes.model._meta.model_name}", self.record
        )
        return super().get_context_data(**context) | {
            "record": self.record,
            "kind": self.kwargs["kind"],
            "is_withdrawn": self.is_withdrawn,
            "may_restore": may_restore,
            "vanishing": vanishing(self.record, self.takes, by=self.person),
        }

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        act = self.takes.restore if self.is_withdrawn else self.takes.withdraw
        words = (
            _("It is shown again.")
            if self.is_withdrawn
            else _("Taken down. It is gone from every page now, and partners are told at their next pull.")
        )
        try:
            act(self.record, why=form.cleaned_data["why"], by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except TransitionError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, words)
        return redirect(reverse("journal", kwargs=self.kwargs))
