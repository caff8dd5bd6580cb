"""What an organization says of itself, who acts for it, and what strangers see of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from net4u.base.change import Conflict
from net4u.base.states import NotAllowed, TransitionError
from net4u.base.viewers import PUBLIC
from organizations.acting import AdminsOnly, EditorsOnly, ForOrganization, WithNumbers
from organizations.changes import differences
from organizations.enums import OPEN_APPEARANCES, AffiliationRole, Appearance, ContactRole
from organizations.forms import AppearanceForm, InviteForm, NamesForm, PlaceForm, WorkForm
from organizations.models import Affiliation, Claim, Invitation, Organization
from organizations.services import (
    accept_claim,
    change_role,
    decide_appearance,
    decline_claim,
    end_affiliation,
    invite,
    name_contact,
    save_profile,
    take_back_invitation,
    take_back_profile_change,
)  # fmt: skip


class Part(NamedTuple):
    """One thing that a whole profile tells, and where it is written."""

    words: Any
    filled: bool
    address: str


def parts_of(organization: Organization) -> list[Part]:
    """What a whole profile tells, in the order of its pages."""
    today = timezone.localdate()
    edit = {key: reverse("desk:edit", args=[key]) for key in EDIT_VIEWS}
    people = organization.affiliations.living(on=today)
    contacts = set(people.exclude(contact="").values_list("contact", flat=True))
    told = [
        (gettext_lazy("Name in English"), organization.english_name, edit["names"]),
        (gettext_lazy("Kind"), organization.kind, edit["names"]),
        (gettext_lazy("Country"), organization.country_id, edit["place"]),
        (gettext_lazy("A register number"), organization.identifiers.exists(), edit["place"]),
        (gettext_lazy("Website"), organization.website, edit["place"]),
        (gettext_lazy("Pillars"), organization.pillars.exists(), edit["work"]),
        (gettext_lazy("What you do"), organization.activity_types, edit["work"]),
        (gettext_lazy("Languages you work in"), organization.languages, edit["work"]),
        (gettext_lazy("Mission"), organization.mission, edit["work"]),
        (gettext_lazy("Focal point"), ContactRole.FOCAL_POINT in contacts, reverse("desk:people")),
        (gettext_lazy("Alternate"), ContactRole.ALTERNATE in contacts, reverse("desk:people")),
    ]
    return [Part(words, bool(filled), address) for words, filled, address in told]


class Profile(ForOrganization, TemplateView):
    """What the portal keeps about the organization, what waits, and what is missing."""

    door = "profile"
    template_name = "desk/profile.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization = self.organization
        waiting = organization.profile_changes.open().first()
        answered = organization.profile_changes.exclude(answer="").order_by("-decided_at").first()
        parts = parts_of(organization)
        return super().get_context_data(**context) | {
            "waiting": waiting,
            "rows": differences(waiting) if waiting else [],
            "answered": None if waiting else answered,
            "parts": parts,
            "filled": sum(each.filled for each in parts),
            "may_decide": self.affiliation.role == AffiliationRole.ADMIN,
            "may_confirm": self.affiliation.role in EditorsOnly.roles,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take back the change that waits."""
        person: Any = request.user
        waiting = self.organization.profile_changes.open().first()
        if waiting is None:
            raise Http404
        try:
            take_back_profile_change(request=waiting, by=person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Taken back. The profile stays as it is."))
        return redirect("desk:profile")


class Edit(EditorsOnly, FormView):
    """One part of the profile. What tells one organization from another waits for the secretariat."""

    door = "profile"
    template_name = "desk/edit.html"
    title: Any = ""
    request: HttpRequest

    @property
    def person(self) -> Any:
        return self.request.user

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Organization.objects.get(pk=self.organization.pk)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"heading": self.title}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            waiting = self.keep(form)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            return self.form_invalid(form)
        if waiting is not None:
            messages.success(
                self.request,
                _("Saved. Changes of name, kind, country or register numbers wait for the secretariat."),
            )
        else:
            messages.success(self.request, _("Saved."))
        return redirect("desk:profile")

    def keep(self, form: Any) -> Any:
        many = {field.name for field in Organization._meta.many_to_many}
        relations = {name: rows for name, rows in form.cleaned_data.items() if name in many}
        return save_profile(organization=form.instance, relations=relations, by=self.person)

    def form_invalid(self, form: Any) -> HttpResponse:
        status = 409 if getattr(form, "theirs", None) else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)


class EditNames(Edit):
    title = gettext_lazy("Names and kind")
    form_class = NamesForm


class EditPlace(WithNumbers, Edit):
    title = gettext_lazy("Where you work")
    form_class = PlaceForm
    template_name = "desk/edit_place.html"

    def keep(self, form: Any) -> Any:
        return save_profile(
            organization=form.instance,
            relations={"countries_of_activity": form.cleaned_data["countries_of_activity"]},
            numbers=self.numbers.numbers(),
            by=self.person,
        )


class EditWork(Edit):
    title = gettext_lazy("Pillars and activities")
    form_class = WorkForm
    template_name = "desk/edit_work.html"


class EditAppearance(AdminsOnly, Edit):
    """Only an administrator decides what everybody sees."""

    roles = AdminsOnly.roles
    title = gettext_lazy("How you want to appear")
    form_class = AppearanceForm
    template_name = "desk/edit_appearance.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormView.get_form_kwargs(self)

    def get_initial(self) -> dict[str, Any]:
        organization = self.organization
        return {
            "appearance": organization.appearance,
            "consent": organization.appearance_consent_id is not None,
            "sharing": organization.sharing_consent_id is not None,
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"appearances": Appearance, "open": OPEN_APPEARANCES}

    def keep(self, form: AppearanceForm) -> None:
        decide_appearance(organization=self.organization, by=self.person, **form.choices())


EDIT_VIEWS: dict[str, type[Edit]] = {
    "names": EditNames, "place": EditPlace, "work": EditWork, "appearance": EditAppearance,
}  # fmt: skip


def edit(request: HttpRequest, part: str) -> Any:
    """The page of one part; of another word there is none."""
    view = EDIT_VIEWS.get(part)
    if view is None:
        raise Http404
    return view.as_view()(request, part=part)


class People(ForOrganization, FormView):
    """Who acts for the organization, who is invited, and who asks. Administrators decide, the others read."""

    door = "people"
    template_name = "desk/people.html"
    form_class = InviteForm
    request: HttpRequest

    @property
    def person(self) -> Any:
        return self.request.user

    @property
    def is_admin(self) -> bool:
        return self.affiliation.role == AffiliationRole.ADMIN

    @cached_property
    def people(self) -> list[Affiliation]:
        acting = self.organization.affiliations.living(on=timezone.localdate())
        return list(acting.select_related("person").order_by("role", "since", "id"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization = self.organization
        known = {"people": self.people, "is_admin": self.is_admin}
        if self.is_admin:
            known |= {
                "invitations": organization.invitations.filter(state="open").order_by("made_at"),
                "claims": organization.claims.open().select_related("person"),
                "roles": AffiliationRole.choices,
                "contacts": ContactRole.choices,
                "now": timezone.now(),
            }
        return super().get_context_data(**context) | known

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button each: ``do`` names the action, ``who`` the row it is about."""
        action = request.POST.get("do", "invite")
        if action == "leave":
            return self.told(lambda: end_affiliation(affiliation=self.affiliation, by=self.person), _("You have left."))
        if not self.is_admin:
            raise NotAllowed(AdminsOnly.why_not(self))  # type: ignore[arg-type]
        if action == "invite":
            return super().post(request, *args, **kwargs)
        act = getattr(self, f"do_{action}", None)
        if act is None:
            raise Http404
        answer: HttpResponse = act()
        return answer

    def told(self, act: Any, words: str) -> HttpResponse:
        try:
            act()
        except TransitionError as error:
            messages.error(self.request, str(error))
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, words)
        return redirect("desk:people")

    def row_of(self, rows: Any) -> Any:
        """The row that the button is about, of this organization; of others there is none."""
        try:
            found = rows.filter(pk=self.request.POST.get("who")).first()
        except (ValueError, ValidationError):
            found = None
        if found is None:
            raise Http404
        return found

    def form_valid(self, form: InviteForm) -> HttpResponse:
        try:
            invite(organization=self.organization, by=self.person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", ValidationError(error.messages))
            return self.form_invalid(form)
        messages.success(self.request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("desk:people")

    def do_role(self) -> HttpResponse:
        affiliation: Affiliation = self.row_of(self.organization.affiliations.filter(until=None))
        role = self.request.POST.get("role", "")
        if role not in AffiliationRole.values:
            raise Http404
        act = lambda: change_role(affiliation=affiliation, role=AffiliationRole(role), by=self.person)  # noqa: E731
        return self.told(act, _("Changed."))

    def do_contact(self) -> HttpResponse:
        affiliation: Affiliation = self.row_of(self.organization.affiliations.filter(until=None))
        contact = self.request.POST.get("contact", "")
        if contact not in ("", *ContactRole.values):
            raise Http404
        act = lambda: name_contact(affiliation=affiliation, contact=contact, by=self.person)  # noqa: E731
        return self.told(act, _("Changed."))

    def do_end(self) -> HttpResponse:
        affiliation: Affiliation = self.row_of(self.organization.affiliations.filter(until=None))
        return self.told(
            lambda: end_affiliation(affiliation=affiliation, by=self.person),
            _("%(person)s does not act for you any more.") % {"person": affiliation.person},
        )

    def do_again(self) -> HttpResponse:
        old: Invitation = self.row_of(self.organization.invitations.filter(state="open"))
        role = AffiliationRole(old.role)
        return self.told(
            lambda: invite(
                organization=self.organization, email=old.email, role=role, contact=old.contact, by=self.person
            ),
            _("Sent again."),
        )

    def do_take_back(self) -> HttpResponse:
        invitation: Invitation = self.row_of(self.organization.invitations.all())
        return self.told(lambda: take_back_invitation(invitation=invitation, by=self.person), _("Taken back."))

    def do_accept(self) -> HttpResponse:
        claim: Claim = self.row_of(self.organization.claims.all())
        role = AffiliationRole.VIEWER if "viewer" in self.request.POST else AffiliationRole.EDITOR
        return self.told(lambda: accept_claim(claim=claim, by=self.person, role=role), _("Accepted."))

    def do_decline(self) -> HttpResponse:
        claim: Claim = self.row_of(self.organization.claims.all())
        words = self.request.POST.get("words", "")
        return self.told(lambda: decline_claim(claim=claim, words=words, by=self.person), _("Declined."))


class Public(ForOrganization, TemplateView):
    """What everybody, sister networks and members see of the organization, in one sentence each."""

    door = "public"
    template_name = "desk/public.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization = self.organization
        seen = Organization.objects.visible_to(PUBLIC).filter(pk=organization.pk).exists()
        return super().get_context_data(**context) | {"seen": seen}


class EndAffiliation(AdminsOnly, TemplateView):
    """Asks once more before somebody loses access."""

    door = "people"
    template_name = "desk/end.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        acting = self.organization.affiliations.filter(until=None, pk=self.kwargs["pk"])
        row = acting.select_related("person").first()
        if row is None:
            raise Http404
        return super().get_context_data(**context) | {"ending": row}
