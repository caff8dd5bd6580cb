"""The first page of an organization's desk joins what packages know of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from commitments.models import Commitment, Milestone
from net4u.base.models import Reminder
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial
from net4u.base.templatetags.ui import time_left, when
from organizations.acting import ACTS_FOR, ForOrganization
from organizations.desk import parts_of
from organizations.enums import AffiliationRole, ContactRole
from organizations.models import Affiliation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from organizations.models import Organization

#: How long before a date the desk asks for a report.
SOON = timedelta(days=30)
#: After so many days somebody should look at the profile again.
CONFIRM_AGAIN = timedelta(days=365)
#: How many rows of commitments and of dates to come the page shows.
SHOWN = 8


class Need(NamedTuple):
    """Something that waits for this person: a sentence, its reason, and the one thing to do."""

    sign: str
    words: str
    reason: str
    action: str
    address: str
    late: bool = False


class Coming(NamedTuple):
    """A day to come."""

    day: date
    words: str
    note: str


class Now(ForOrganization, TemplateView):
    """What needs this person now. The secretariat's people without an organization have their own desk."""

    template_name = "desk/now.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.viewer.is_secretariat and not self.affiliations:
            return redirect("secretariat")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization, today = self.organization, timezone.localdate()
        needs = needs_of(self.affiliation, on=today)
        parts = parts_of(organization)
        people = organization.affiliations.living(on=today)
        return super().get_context_data(**context) | {
            "needs": needs,
            "heading": heading_of(needs),
            "commitments": organization.commitments.exclude(
                state__in=(Editorial.WITHDRAWN, Editorial.DECLINED)
            ).as_rows().order_by("due_on", "id")[:SHOWN],
            "coming": coming_of(organization, on=today),
            "parts": parts,
            "filled": sum(each.filled for each in parts),
            "people_count": people.count(),
            "invited_count": organization.invitations.open(at=timezone.now()).count(),
            "contacts_named": people.exclude(contact="").count() >= len(ContactRole),
        }  # fmt: skip


def heading_of(needs: list[Need]) -> str:
    if not needs:
        return _("Nothing needs you now")
    words = ngettext("One thing needs you", "%(counter)s things need you", len(needs))
    return words % {"counter": len(needs)}


def needs_of(affiliation: Affiliation, *, on: date) -> list[Need]:
    """Late first, then what others wait for, then what would be good to do. Who only reads is not asked."""
    organization = affiliation.organization
    if affiliation.role == AffiliationRole.VIEWER:
        return []
    needs = [
        *_registration(organization),
        *_dates(organization, on),
        *_answered(organization),
        *_asked(organization),
    ]
    if affiliation.role == AffiliationRole.ADMIN:
        needs += _people(organization, on)
    if organization.is_published:
        needs += _profile(organization, on)
    return sorted(needs, key=lambda each: not each.late)


def _registration(organization: Organization) -> list[Need]:
    address = reverse("registration", args=[organization.pk])
    if organization.state == Editorial.DRAFT:
        words, reason = _("Finish the registration"), _("It is a draft, and nobody reads it yet.")
        return [Need("pencil", words, reason, _("Go on"), address)]
    if organization.state == Editorial.CHANGES_REQUESTED:
        words = _("The secretariat asks for a change in the registration")
        return [Need("pencil", words, f"“{reviewers_words(organization)}”", _("Open it"), address)]
    return []


def _dates(organization: Organization, on: date) -> list[Need]:
    """Commitments and steps that are late, or due soon."""
    promised = organization.commitments.open().filter(due_on__lte=on + SOON).order_by("due_on", "id")
    steps = Milestone.objects.open().filter(commitment__organization=organization, due_on__lte=on + SOON)
    asked = steps.filter(commitment__due_on__gt=on).select_related("commitment").order_by("due_on", "id")
    return [
        *(_date(commitment, commitment.title, commitment.due_on, on) for commitment in promised),
        *(_date(step.commitment, step.title, step.due_on, on) for step in asked),
    ]


def _date(commitment: Commitment, title: str, due_on: date, on: date) -> Need:
    late = due_on < on
    day = when(due_on)
    reason = (
        _("It was due on %(day)s, %(left)s. If it no longer holds, move it: the old one stays visible.")
        if late
        else _("It is due on %(day)s, %(left)s.")
    ) % {"day": day, "left": time_left(due_on, on)}
    return Need(
        "warning" if late else "calendar", _("Report on “%(title)s”") % {"title": title}, reason, _("Report progress"),
        reverse("desk:report", args=[commitment.pk]), late,
    )  # fmt: skip


def _answered(organization: Organization) -> list[Need]:
    rows = organization.commitments.filter(state=Editorial.CHANGES_REQUESTED).order_by("due_on", "id")
    return [
        Need(
            "pencil", _("The secretariat asks for a change"),
            _("Draft “%(title)s”: “%(words)s”") % {"title": each.title, "words": reviewers_words(each)},
            _("Open the draft"), reverse("desk:commitment", args=[each.pk]),
        )
        for each in rows
    ]  # fmt: skip


def _asked(organization: Organization) -> list[Need]:
    rows = organization.partnerships.filter(
        confirmed_at=None, declined_at=None, commitment__state=Editorial.PUBLISHED
    ).select_related("commitment__organization")
    return [
        Need(
            "people", _("%(name)s asks you to be a partner") % {"name": each.commitment.organization},
            _("In “%(title)s”. You are named only if you agree.") % {"title": each.commitment.title},
            _("Answer"), reverse("desk:commitments"),
        )
        for each in rows
    ]  # fmt: skip


def _people(organization: Organization, on: date) -> list[Need]:
    address, needs = reverse("desk:people"), []
    if asking := organization.claims.open().count():
        words = ngettext("Somebody asks to join you", "%(number)s people ask to join you", asking) % {"number": asking}
        needs.append(Need("people", words, _("They can do nothing until you have answered."), _("Answer"), address))
    acting = organization.affiliations.living(on=on)
    if organization.is_published and acting.count() + organization.invitations.open(at=timezone.now()).count() < 2:
        words, reason = _("Invite a second person"), _("If you are away, nobody can be reached.")
        needs.append(Need("people", words, reason, _("Invite"), address))
    return needs


def _profile(organization: Organization, on: date) -> list[Need]:
    if organization.confirmed_on and organization.confirmed_on > on - CONFIRM_AGAIN:
        return []
    if organization.published_at and timezone.localdate(organization.published_at) > on - CONFIRM_AGAIN:
        return []
    words = _("Look at your profile: is it still right?")
    reason = (
        _("Nobody has confirmed it for a year.") if organization.confirmed_on else _("Nobody has confirmed it yet.")
    )
    return [Need("eye", words, reason, _("Look at it"), reverse("desk:profile"))]


def coming_of(organization: Organization, *, on: date) -> list[Coming]:
    """The next dates of commitments and steps, and the reminders before them."""
    commitments = {each.pk: each for each in organization.commitments.coming(on).order_by("due_on", "id")[:SHOWN]}
    steps = {
        each.pk: each
        for each in Milestone.objects.open()
        .filter(commitment__organization=organization, due_on__gte=on)
        .select_related("commitment")
        .order_by("due_on", "id")[:SHOWN]
    }
    dated: dict[Any, Any] = {**commitments, **steps}
    rows = [
        Coming(each.due_on, each.title, str(getattr(each, "reference", None) or getattr(each, "commitment", "")))
        for each in dated.values()
    ]
    reminders = Reminder.objects.filter(
        object_id__in=list(dated), state=Reminder.State.PLANNED, due__gte=timezone.now()
    ).order_by("due")[:SHOWN]
    for each in reminders:
        title = dated[each.object_id].title
        rows.append(Coming(timezone.localdate(each.due), _("Reminder: %(title)s") % {"title": title}, _("by e-mail")))
    return sorted(rows)[:SHOWN]


class ActFor(ForOrganization, View):
    """Go on for another of one's organizations."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        chosen = next((each.organization for each in self.affiliations if each.organization_id == pk), None)
        if chosen is None:
            raise Http404
        request.session[ACTS_FOR] = str(pk)
        messages.success(request, _("You now act for %(name)s.") % {"name": chosen})
        return redirect("desk:now")
