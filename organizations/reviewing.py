"""The secretariat reads what organizations sent, and answers. The whole desk comes with its issue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import DetailView
from django.views.generic.edit import FormMixin

from net4u.base import inbox
from net4u.base.change import Conflict
from net4u.base.forms import AnswerForm
from net4u.base.reviews import reviewers_words
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial, TransitionError
from organizations.changes import differences
from organizations.duplicates import candidate_of, similar_to
from organizations.enums import (
    MembershipStatus,
    OtherNetwork,
    RequestState,
    SelfDescription,
)
from organizations.forms import ApprovalForm
from organizations.models import Claim, Membership, NetworkSettings, Organization, ProfileChange
from organizations.network_settings import network_settings
from organizations.services import (
    accept_claim,
    accept_profile_change,
    approve_organization,
    decline_claim,
    decline_organization,
    decline_profile_change,
    move_membership,
    request_changes,
)
from organizations.waiting import RegistrationsWaiting

if TYPE_CHECKING:
    from collections.abc import Callable


class Review(ForSecretariat, FormMixin, DetailView):
    """One thing to decide. ``decisions`` names each button and what it does; nothing is decided twice."""

    permission_required = "organizations.review_organization"
    form_class: type[AnswerForm] = AnswerForm
    #: What the form says once it is right.
    told: dict[str, Any]

    def decisions(self) -> dict[str, Callable[[str], Any]]:
        raise NotImplementedError

    def done(self) -> str:
        return _("Decided. Who asked is told by mail.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = self.get_form()
        decide = self.decisions().get(request.POST.get("decision", ""))
        if decide is None or not form.is_valid():
            return self.form_invalid(form)
        self.told = form.cleaned_data
        try:
            decide(form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error("words", ValidationError(error.messages))
            return self.form_invalid(form)
        except (TransitionError, Conflict) as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, format_html("{} {}", self.done(), self.undo()))
        return redirect("secretariat")

    def undo(self) -> str:
        """What was just published can be taken back at once; the other decisions are mailed, and stay."""
        if self.request.POST["decision"] != "publish" or not self.object.is_published:
            return ""
        address = reverse("take_down", args=[self.object._meta.model_name, self.object.pk])
        return format_html('<a href="{}">{}</a>', address, _("Take it back"))


#: What becomes of an application: a decision apart from the registration.
ADMITTED_AS = (MembershipStatus.MEMBER, MembershipStatus.OBSERVER, MembershipStatus.DECLINED)


class ReviewOrganization(Review):
    """All it sent, what it looks like already, the network's criteria, and three answers."""

    model = Organization
    template_name = "organizations/review/organization.html"
    context_object_name = "organization"
    form_class = ApprovalForm

    @cached_property
    def settings(self) -> NetworkSettings:
        return network_settings()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"criteria": self.settings.criteria}

    def decisions(self) -> dict[str, Callable[[str], Any]]:
        of = {"organization": self.object, "by": self.person}
        standing = self.object.memberships.filter(status=MembershipStatus.APPLIED).first()
        admitting: dict[str, Callable[[str], Any]] = {}
        if standing is not None:
            admitting = {to: partial(self.admit, standing, to) for to in ADMITTED_AS}
        return {
            "publish": lambda words: approve_organization(**of, words=words, criteria=self.told.get("criteria", ())),
            "request_changes": lambda words: request_changes(**of, words=words),
            "decline": lambda words: decline_organization(**of, words=words),
            **admitting,
        }

    def done(self) -> str:
        """After the first of two approvals it is anybody's again, and waits for somebody else."""
        if self.object.state != Editorial.SUBMITTED:
            return super().done()
        inbox.let_go(kind=RegistrationsWaiting.key, item=str(self.object.pk), by=self.person)
        return _("That is one of two approvals. It stays in the inbox until somebody else approves it, too.")

    def admit(self, standing: Membership, to: MembershipStatus, words: str) -> None:
        move_membership(membership=standing, to=to, by=self.person, why=words)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization: Organization = self.object
        today = timezone.localdate()
        approvals = list(organization.approvals.select_related("by"))
        standing = [each for each in approvals if each.version == organization.version]
        return super().get_context_data(**context) | {
            "people": organization.affiliations.living(on=today).select_related("person"),
            "invitations": organization.invitations.open(at=timezone.now()),
            "similar": similar_to(candidate_of(organization), self.viewer, other_than=organization),
            "words": reviewers_words(organization),
            "waits": organization.state == Editorial.SUBMITTED,
            "standing": organization.memberships.filter(status=MembershipStatus.APPLIED).first(),
            "approvals": approvals,
            "first_approval": standing[0] if standing else None,
            "approved_by_me": any(each.by_id == self.person.pk for each in standing),
            "may_merge": self.person.has_perm("organizations.merge_organization", organization),
            "needs_two": self.settings.two_approvals,
            "criteria": self.settings.criteria,
            "networks": in_words(OtherNetwork, organization.other_networks),
            "described": in_words(SelfDescription, organization.self_description),
        }


def in_words(codes: type[TextChoices], chosen: list[str]) -> list[str]:
    words = dict(codes.choices)
    return [str(words.get(code, code)) for code in chosen]


class ReviewRequest(Review):
    """A question that is answered yes or no."""

    context_object_name = "request_made"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"waits": self.object.state == RequestState.OPEN}


class ReviewClaim(ReviewRequest):
    model = Claim
    template_name = "organizations/review/claim.html"

    def decisions(self) -> dict[str, Callable[[str], Any]]:
        return {
            "accept": lambda _words: accept_claim(claim=self.object, by=self.person),
            "decline": lambda words: decline_claim(claim=self.object, words=words, by=self.person),
        }


class ReviewProfileChange(ReviewRequest):
    model = ProfileChange
    template_name = "organizations/review/profile_change.html"

    def decisions(self) -> dict[str, Callable[[str], Any]]:
        return {
            "accept": lambda _words: accept_profile_change(request=self.object, by=self.person),
            "decline": lambda words: decline_profile_change(request=self.object, words=words, by=self.person),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"rows": differences(self.object)}
