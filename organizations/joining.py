"""How an organization joins: is it here already, then step by step, then the secretariat reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from net4u.base.change import Conflict
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial, NotAllowed, TransitionError
from net4u.base.views import ForViewer
from organizations.acting import WithNumbers
from organizations.duplicates import Candidate, similar_to
from organizations.enums import (
    OPEN_APPEARANCES,
    AffiliationRole,
    Appearance,
    ContactRole,
    OrganizationKind,
    RequestState,
)  # fmt: skip
from organizations.forms import (
    AppearanceForm,
    BeginForm,
    ClaimForm,
    InviteForm,
    NamesForm,
    PlaceForm,
    WorkForm,
)  # fmt: skip
from organizations.models import Affiliation, Claim, Invitation, Organization
from organizations.services import (
    CONTACTS,
    WRITABLE,
    accept_invitation,
    apply_for_membership,
    begin_registration,
    contacts_of,
    decide_appearance,
    decline_invitation,
    invite,
    make_claim,
    save_step,
    send_registration,
    take_back_claim,
    take_back_invitation,
    what_is_missing,
    withdraw_registration,
)  # fmt: skip

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer
    from people.models import User


class StepName(NamedTuple):
    """One page of the registration."""

    key: str
    title: Any

    def __str__(self) -> str:
        return str(self.title)


BEGIN = StepName("begin", gettext_lazy("Is your organization already here?"))
STEPS = (
    BEGIN,
    StepName("names", gettext_lazy("Names and kind")),
    StepName("place", gettext_lazy("Where you work")),
    StepName("work", gettext_lazy("Pillars and activities")),
    StepName("people", gettext_lazy("Two contacts")),
    StepName("appearance", gettext_lazy("How you want to appear")),
)


class Register(ForViewer, TemplateView):
    """The door: what it takes for who is not signed in, and how far one has come for who is."""

    template_name = "organizations/joining/register.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person: Any = self.request.user
        context |= {"steps": STEPS, "contacts": CONTACTS}
        if not person.is_authenticated:
            return super().get_context_data(**context)
        own = Affiliation.objects.current(on=timezone.localdate()).filter(person=person).select_related("organization")
        registrations = [row.organization for row in own if row.organization.state != Editorial.PUBLISHED]
        invitations = Invitation.objects.open(at=timezone.now()).for_person(person).select_related("organization")
        return super().get_context_data(**context) | {
            "registrations": [(row, reviewers_words(row)) for row in registrations],
            "published": [row.organization for row in own if row.organization.is_published],
            "invitations": invitations,
            "claims": claims_of(person, self.viewer),
        }


def claims_of(person: User, viewer: Viewer) -> list[tuple[Claim, bool]]:
    """Each with whether its organization may be named: it may have gone into hiding meanwhile."""
    rows = list(Claim.objects.filter(person=person).select_related("organization"))
    seen = Organization.objects.visible_to(viewer).filter(pk__in=[row.organization_id for row in rows])
    named = set(seen.values_list("pk", flat=True))
    return [(row, row.organization_id in named) for row in rows]


class SignedIn(LoginRequiredMixin, ForViewer):
    """For whoever has an account."""

    request: HttpRequest

    @property
    def person(self) -> User:
        return self.request.user  # type: ignore[return-value]


class Begin(SignedIn, FormView):
    """Is it here already? What this person may see is shown; what she may not see, the reviewer is shown."""

    template_name = "organizations/joining/begin.html"
    form_class = BeginForm

    def form_valid(self, form: BeginForm) -> HttpResponse:
        told, numbers = form.cleaned_data, form.numbers()
        similar = similar_to(Candidate((told["legal_name"],), told["acronym"], told["website"], numbers), self.viewer)
        if similar and "none_of_these" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, similar=similar))
        new = Organization(kind=OrganizationKind.CIVIL_SOCIETY, **{name: told[name] for name in form.NAMING})
        begun = begin_registration(organization=new, numbers=numbers, by=self.person)
        return redirect("registration_step", pk=begun.pk, step="names")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"steps": STEPS, "now": 1, "step": BEGIN}


class OfRegistration(SignedIn):
    """A page of one registration, for who may write it; nobody else learns that it exists."""

    kwargs: dict[str, Any]
    roles: tuple[AffiliationRole, ...] = (AffiliationRole.ADMIN, AffiliationRole.EDITOR)

    @cached_property
    def organization(self) -> Organization:
        own = Affiliation.objects.current(on=timezone.localdate()).filter(person=self.person, role__in=self.roles)
        found = Organization.objects.filter(pk=self.kwargs["pk"], pk__in=own.values("organization"))
        organization: Organization | None = found.first()
        if organization is None:
            raise Http404
        return organization

    def overview(self) -> HttpResponse:
        return redirect("registration", pk=self.organization.pk)


class Step(OfRegistration, FormView):
    """One page of the registration: what is right is kept, and the next page comes."""

    key: ClassVar[str]
    permission: ClassVar[str] = "organizations.edit_organization"
    template_name = "organizations/joining/step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.organization.state not in WRITABLE:
            return self.overview()
        if request.user.is_authenticated and not self.person.has_perm(self.permission, self.organization):
            raise NotAllowed(_("Only an administrator of your organization may do this. Ask one of them."))
        return super().dispatch(request, *args, **kwargs)

    @property
    def number(self) -> int:
        return next(number for number, step in enumerate(STEPS, 1) if step.key == self.key)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.organization}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        number = self.number
        return super().get_context_data(**context) | {
            "organization": self.organization,
            "steps": STEPS,
            "now": number,
            "step": STEPS[number - 1],
            "back": self.address_of(number - 1) if number > 2 else "",
        }

    def address_of(self, number: int) -> str:
        return reverse("registration_step", args=[self.organization.pk, STEPS[number - 1].key])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.keep(form)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            return self.form_invalid(form)
        return self.go_on()

    def keep(self, form: Any) -> None:
        many = {field.name for field in Organization._meta.many_to_many}
        relations = {name: rows for name, rows in form.cleaned_data.items() if name in many}
        save_step(organization=form.instance, relations=relations, by=self.person)

    def go_on(self) -> HttpResponse:
        if "stay" in self.request.POST:
            messages.success(self.request, _("Saved as a draft. You can go on at any time."))
            return redirect("register")
        return redirect(self.address_of(self.number + 1)) if self.number < len(STEPS) else self.overview()

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form, theirs=getattr(form, "theirs", None))
        return self.render_to_response(context, status=409 if context["theirs"] else 200)


class Names(Step):
    key = "names"
    form_class = NamesForm


class Place(WithNumbers, Step):
    key = "place"
    form_class = PlaceForm
    template_name = "organizations/joining/place.html"

    def keep(self, form: Any) -> None:
        save_step(
            organization=form.instance,
            relations={"countries_of_activity": form.cleaned_data["countries_of_activity"]},
            numbers=self.numbers.numbers(),
            by=self.person,
        )


class Work(Step):
    key = "work"
    form_class = WorkForm
    template_name = "organizations/joining/work.html"


class People(Step):
    """Who else can be reached: somebody is invited by e-mail."""

    key = "people"
    permission = "organizations.people_organization"
    form_class = InviteForm
    template_name = "organizations/joining/people.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormView.get_form_kwargs(self)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization = self.organization
        return super().get_context_data(**context) | {
            "people": organization.affiliations.living(on=timezone.localdate()).select_related("person"),
            "invitations": organization.invitations.open(at=timezone.now()),
            "enough": contacts_of(organization) >= CONTACTS,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if taken_back := request.POST.get("take_back"):
            return self.taken_back(taken_back)
        if not request.POST.get("email") and contacts_of(self.organization) >= CONTACTS:
            return self.go_on()
        return super().post(request, *args, **kwargs)

    def taken_back(self, pk: str) -> HttpResponse:
        invitation = self.organization.invitations.filter(pk=pk).first()
        if invitation is None:
            raise Http404
        try:
            take_back_invitation(invitation=invitation, by=self.person)
        except TransitionError as error:
            messages.error(self.request, str(error))
        return redirect(self.request.path)

    def form_valid(self, form: InviteForm) -> HttpResponse:
        try:
            invite(organization=self.organization, contact=ContactRole.ALTERNATE, by=self.person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return self.go_on()


class Appear(Step):
    """What everybody will see. Only an administrator decides it."""

    key = "appearance"
    permission = "organizations.set_appearance_organization"
    form_class = AppearanceForm
    template_name = "organizations/joining/appearance.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormView.get_form_kwargs(self)

    def get_initial(self) -> dict[str, Any]:
        organization = self.organization
        return {
            "appearance": organization.appearance,
            "consent": organization.appearance_consent_id is not None,
            "sharing": organization.sharing_consent_id is not None,
            "membership": organization.memberships.exists(),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"appearances": Appearance, "open": OPEN_APPEARANCES}

    def keep(self, form: AppearanceForm) -> None:
        decide_appearance(organization=self.organization, by=self.person, **form.choices())
        if form.cleaned_data["membership"] and not self.organization.memberships.exists():
            apply_for_membership(organization=self.organization, by=self.person)


class Overview(OfRegistration, TemplateView):
    """Everything that was written, what is missing, and the button that sends it. Viewers read it."""

    template_name = "organizations/joining/overview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.roles = tuple(AffiliationRole)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization = self.organization
        writes = self.person.has_perm("organizations.edit_organization", organization)
        return super().get_context_data(**context) | {
            "organization": organization,
            "missing": what_is_missing(organization),
            "may_write": writes and organization.state in WRITABLE,
            "may_send": self.person.has_perm("organizations.submit_organization", organization),
            "words": reviewers_words(organization),
            "people": organization.affiliations.living(on=timezone.localdate()).select_related("person"),
            "invitations": organization.invitations.open(at=timezone.now()) if writes else (),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.withdrawn() if "withdraw" in request.POST else self.sent()
        except TransitionError as error:
            messages.error(request, str(error))
        except ValidationError as error:
            for each in error.messages:
                messages.error(request, each)
        return self.overview()

    def sent(self) -> HttpResponse:
        send_registration(organization=self.organization, by=self.person)
        messages.success(
            self.request,
            _("Sent. The secretariat reads it within ten working days and writes to you. Nothing is shown before."),
        )
        return self.overview()

    def withdrawn(self) -> HttpResponse:
        withdraw_registration(organization=self.organization, by=self.person)
        messages.success(self.request, _("Withdrawn. Nobody reads it any more."))
        return redirect("register")


class InvitationPage(SignedIn, TemplateView):
    """GET shows, POST answers. Whatever cannot be answered by this person looks like what does not exist."""

    template_name = "organizations/joining/invitation.html"

    @cached_property
    def invitation(self) -> Invitation | None:
        mine = Invitation.objects.open(at=timezone.now()).for_person(self.person)
        return mine.select_related("organization", "invited_by").filter(pk=self.kwargs["pk"]).first()

    def accepted_already(self) -> bool:
        """By this person, who still acts for the organization."""
        mine = Invitation.objects.filter(state=RequestState.ACCEPTED).for_person(self.person)
        accepted = mine.filter(pk=self.kwargs["pk"]).values("organization")
        acting = Affiliation.objects.current(on=timezone.localdate()).filter(person=self.person)
        return acting.filter(organization__in=accepted).exists()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"invitation": self.invitation}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=200 if self.invitation else 404)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.answered(self.invitation) if self.invitation else self.too_late()
        except TransitionError:
            return self.too_late()

    def too_late(self) -> HttpResponse:
        """Answered before, in another tab or by the first half of a double click."""
        self.invitation = None
        return redirect("desk:now") if self.accepted_already() else self.get(self.request)

    def answered(self, invitation: Invitation) -> HttpResponse:
        request = self.request
        if "decline" in request.POST:
            decline_invitation(invitation=invitation, by=self.person)
            messages.success(request, _("Declined. You are not asked again with this invitation."))
            return redirect("register")
        accept_invitation(invitation=invitation, by=self.person)
        messages.success(request, _("You now act for %(name)s.") % {"name": invitation.organization})
        return redirect("desk:now")


class AskToJoin(SignedIn, FormView):
    """Who works for an organization that is here asks to act for it."""

    template_name = "organizations/joining/ask.html"
    form_class = ClaimForm

    @cached_property
    def organization(self) -> Organization:
        seen = Organization.objects.visible_to(self.viewer).filter(state=Editorial.PUBLISHED)
        organization: Organization | None = seen.filter(slug=self.kwargs["slug"]).first()
        if organization is None:
            raise Http404
        return organization

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        living = self.organization.affiliations.living(on=timezone.localdate())
        return super().get_context_data(**context) | {
            "organization": self.organization,
            "has_people": living.exists(),
        }

    def form_valid(self, form: ClaimForm) -> HttpResponse:
        try:
            make_claim(organization=self.organization, words=form.cleaned_data["words"], by=self.person)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        messages.success(self.request, _("Your question is on its way. The answer comes by e-mail."))
        return redirect("register")


class TakeBackClaim(SignedIn, View):
    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        claim = Claim.objects.filter(person=self.person, pk=pk).first()
        if claim is None:
            raise Http404
        try:
            take_back_claim(claim=claim, by=self.person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Taken back."))
        return redirect("register")


STEP_VIEWS: dict[str, type[Step]] = {view.key: view for view in (Names, Place, Work, People, Appear)}


def step(request: HttpRequest, pk: Any, step: str) -> Any:
    """The page of one step; of another word there is none."""
    view = STEP_VIEWS.get(step)
    if view is None:
        raise Http404
    return view.as_view()(request, pk=pk, step=step)
