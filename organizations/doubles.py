"""Two records of one organization become one: side by side, field by field, and everything that will move."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from net4u.base.change import Conflict
from net4u.base.column_words import column_in_words
from net4u.base.forms import ReasonForm, told_of
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial, TransitionError
from net4u.base.trial import tried
from organizations.duplicates import candidate_of, similar_to
from organizations.enums import ActivityType, Appearance, OrganizationKind, OtherNetwork, SelfDescription
from organizations.forms import languages
from organizations.models import Organization
from organizations.services import Moved, merge_organizations

if TYPE_CHECKING:
    from uuid import UUID

#: Compared field by field. What others see is left out: a consent was given for one of the two, and stays with it.
#: Pillars, countries and everything else that points to the two is joined, not chosen.
FIELDS = (
    "legal_name", "english_name", "acronym", "aliases", "kind", "civil_society_kind", "part_of", "year_founded",
    "country", "activity_types", "languages", "website", "mission", "mission_language", "other_networks",
    "self_description",
)  # fmt: skip
#: What the codes in lists mean.
CODES: dict[str, Callable[[], dict[str, Any]]] = {
    "activity_types": lambda: dict(ActivityType.choices),
    "languages": lambda: dict(languages()),
    "other_networks": lambda: dict(OtherNetwork.choices),
    "self_description": lambda: dict(SelfDescription.choices),
}
#: What moves, by the label of its model; what is not listed is called by the model's own name.
ROWS = {
    "organizations.Organization": gettext_lazy("organizations that are part of it"),
    "organizations.OrganizationAlias": gettext_lazy("former addresses"),
    "organizations.Membership": gettext_lazy("standing in a network"),
    "organizations.Identifier": gettext_lazy("register numbers"),
    "organizations.Approval": gettext_lazy("approvals by the secretariat"),
    "organizations.Affiliation": gettext_lazy("people who act for it"),
    "organizations.Invitation": gettext_lazy("invitations"),
    "organizations.Claim": gettext_lazy("requests to act for it"),
    "organizations.ProfileChange": gettext_lazy("changes of its profile"),
    "workshops.WorkshopRole": gettext_lazy("roles at workshops"),
    "workshops.Participation": gettext_lazy("workshops it took part in"),
    "workshops.Delegate": gettext_lazy("names on lists of participants"),
    "workshops.Contribution": gettext_lazy("contributions of its people"),
    "commitments.CommitmentPartner": gettext_lazy("commitments it is a partner in"),
    "commitments.PendingDraft": gettext_lazy("drafts that wait for a signature"),
}
#: From the one that fewest people see to the one that everybody sees.
OPENNESS = (Appearance.HIDDEN, Appearance.MEMBERS_ONLY, Appearance.NAME_AND_COUNTRY, Appearance.PUBLIC)
#: Found by name on the first page, at most.
MOST = 20

#: Answers of a field: what stands in the one that stays, in the one that goes, or both lists.
MINE = "into"
OTHERS = "old"
BOTH = "both"


@dataclass(frozen=True)
class Compared:
    """One field of both, in words."""

    name: str
    label: str
    old: str
    into: str

    @property
    def differs(self) -> bool:
        return self.old != self.into


@dataclass(frozen=True)
class Row:
    """One kind of what moves, in words."""

    kind: str
    moved: int
    joined: int
    names: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        return self.moved + self.joined - len(self.names)


class Foreseen(NamedTuple):
    """What the merge would do: rows, who sees the successor after it, or the sentence that stands in the way."""

    moved: list[Moved]
    seen: tuple[int, bool]
    refused: str = ""


def seen_by(organization: Organization) -> tuple[int, bool]:
    """How many may see it, nobody outside before it is published; and whether sister networks read its profile."""
    shares = organization.is_published and organization.sharing_consent_id is not None
    return (OPENNESS.index(Appearance(organization.appearance)) if organization.is_published else -1, shares)


def compared(old: Organization, into: Organization) -> list[Compared]:
    return [
        Compared(name, capfirst(column_in_words(Organization, name)), shown(old, name), shown(into, name))
        for name in FIELDS
    ]


def shown(organization: Organization, name: str) -> str:
    value = getattr(organization, name)
    if isinstance(value, list):
        words = CODES[name]() if name in CODES else {}
        return ", ".join(str(words.get(each, each)) for each in value)
    if name == "mission_language":
        return str(dict(languages()).get(value, value))
    said = getattr(organization, f"get_{name}_display", None)
    return str(said() if said else value if value is not None else "")


def joined(own: list[Any], theirs: list[Any]) -> list[Any]:
    return own + [each for each in theirs if each not in own]


class MergeForm(ReasonForm):
    """Which value stays where the two differ, why, and that somebody read what will move."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    wider = forms.BooleanField(
        label=gettext_lazy("I have asked: what this organization did may be seen by more people from now on")
    )
    read = forms.BooleanField(label=gettext_lazy("I have read what will move"))

    def __init__(
        self, *args: Any, old: Organization, into: Organization, is_wider: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.old, self.into = old, into
        self.together = f"{old.version}.{into.version}"
        self.initial["version"] = self.together
        if not is_wider:
            del self.fields["wider"]
        self.rows: list[Compared] = [row for row in compared(old, into) if row.differs]
        for row in self.rows:
            self.fields[row.name] = self._choice(row)
        self.order_fields([*(row.name for row in self.rows), "why", "wider", "read"])

    def _choice(self, row: Compared) -> forms.ChoiceField:
        choices = [
            (each, f"“{said}”" if said else _("nothing")) for each, said in ((MINE, row.into), (OTHERS, row.old))
        ]
        if isinstance(getattr(self.into, row.name), list):
            choices.append((BOTH, _("both")))
        standing = BOTH if len(choices) > len((MINE, OTHERS)) else MINE if row.into else OTHERS
        return forms.ChoiceField(label=row.label, choices=choices, initial=standing, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("version") == self.together:
            return cleaned
        again: Any = copy(self.data)
        again[self.add_prefix("version")] = self.together
        again.pop(self.add_prefix("read"), None)  # what was read is not what is there now
        self.data = again
        raise ValidationError(_("One of the two was changed meanwhile. Read both once more, then send it again."))

    def kept(self) -> dict[str, Any]:
        return kept(self.old, self.into, {row.name: self.cleaned_data.get(row.name, MINE) for row in self.rows})

    def usual(self) -> dict[str, Any]:
        """What is kept if nobody chooses anything: the preview tries that."""
        return kept(self.old, self.into, {row.name: str(self.fields[row.name].initial) for row in self.rows})


def kept(old: Organization, into: Organization, answers: dict[str, str]) -> dict[str, Any]:
    """Values for the successor, where it does not keep its own. A second kind goes with the first one."""
    found = {name: getattr(old, name) for name, answer in answers.items() if answer != MINE}
    for name in [name for name, answer in answers.items() if answer == BOTH]:
        found[name] = joined(getattr(into, name), found[name])
    if found.get("kind", into.kind) != OrganizationKind.CIVIL_SOCIETY:
        found |= {"civil_society_kind": ""} if into.civil_society_kind or "civil_society_kind" in found else {}
    return found


class OfDouble(ForSecretariat):
    permission_required = "organizations.merge_organization"
    door = "records"
    kwargs: dict[str, Any]

    @cached_property
    def old(self) -> Organization:
        return self.one(self.kwargs["pk"])

    def one(self, pk: UUID) -> Organization:
        rows = Organization.objects.visible_to(self.viewer).select_related("country")
        found: Organization = get_object_or_404(rows, pk=pk)
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        upper: Any = super()
        known: dict[str, Any] = upper.get_context_data(**context)
        return known | {"old": self.old}


class ChooseSuccessor(OfDouble, TemplateView):
    """Which of the others is it? The likely ones first, and any by its name."""

    template_name = "organizations/merge/choose.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        return super().get_context_data(**context) | {
            "similar": similar_to(candidate_of(self.old), self.viewer, other_than=self.old),
            "q": words,
            "found": self.named(words) if words else [],
        }

    def named(self, words: str) -> list[Organization]:
        rows = Organization.objects.visible_to(self.viewer).named(words).exclude(pk=self.old.pk)
        living = rows.exclude(state=Editorial.DECLINED).select_related("country")
        return list(living.order_by("legal_name", "id")[:MOST])


class Merge(OfDouble, FormView):
    """The two side by side; below, what the merge would do: it is tried, looked at and undone."""

    template_name = "organizations/merge/merge.html"
    form_class = MergeForm

    @cached_property
    def into(self) -> Organization:
        if self.kwargs["into"] == self.old.pk:
            raise Http404
        return self.one(self.kwargs["into"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"old": self.old, "into": self.into, "is_wider": self.is_wider}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = self.foreseen
        return super().get_context_data(**context) | {
            "into": self.into,
            "same": [row for row in compared(self.old, self.into) if not row.differs and row.old],
            "moved": [Row(str(ROWS.get(each.model._meta.label) or each.model._meta.verbose_name_plural), *each[1:])
                      for each in found.moved],
            "refused": found.refused,
            "is_wider": self.is_wider,
            "is_narrower": not self.is_wider and found.seen < seen_by(self.old),
        }  # fmt: skip

    @property
    def is_wider(self) -> bool:
        """In one way or the other more people see what this organization did."""
        before = seen_by(self.old)
        return any(after > earlier for after, earlier in zip(self.foreseen.seen, before, strict=True))

    @cached_property
    def foreseen(self) -> Foreseen:
        old, into = self.fresh(self.old), self.fresh(self.into)

        def done() -> Foreseen:
            usual = MergeForm(old=old, into=into).usual()
            moved = merge_organizations(old=old, into=into, why="asked", by=self.person, keep=usual)
            return Foreseen(moved, seen_by(Organization.objects.get(pk=into.pk)))

        try:
            return tried(done, by=self.person, what="merge.asked")
        except ValidationError as error:
            return Foreseen([], seen_by(self.into), " ".join(error.messages))

    @staticmethod
    def fresh(organization: Organization) -> Organization:
        """As it was when this request read it: the page still tells that, whatever is tried with the copy."""
        return copy(organization)

    def form_valid(self, form: MergeForm) -> HttpResponse:
        name = str(self.old)
        try:
            merge_organizations(
                old=self.fresh(self.old), into=self.fresh(self.into), why=form.cleaned_data["why"], by=self.person,
                keep=form.kept(),
            )  # fmt: skip
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except (TransitionError, Conflict):
            form.add_error(None, _("One of the two was changed meanwhile. Read both once more, then send it again."))
            return self.form_invalid(form)
        messages.success(self.request, _("“%(name)s” is one with this organization now.") % {"name": name})
        return redirect("review_organization", pk=self.into.pk)

    def form_invalid(self, form: MergeForm) -> HttpResponse:
        """409 where somebody else was quicker: nothing typed is lost."""
        status = 409 if form.non_field_errors() else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)
