"""The desk of an organization: pages on which a person acts for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.forms import with_one_row_more
from net4u.base.secretariat import Door
from net4u.base.states import NotAllowed
from net4u.base.views import ForViewer
from organizations.enums import AffiliationRole
from organizations.forms import NumbersFormSet
from organizations.models import Affiliation, Organization

#: The words of the desk, in their order, and the first page of each.
DOORS = (
    ("now", gettext_lazy("Now")),
    ("commitments", gettext_lazy("Commitments")),
    ("profile", gettext_lazy("Profile")),
    ("people", gettext_lazy("People")),
    ("public", gettext_lazy("What the public sees")),
)
#: Which of their organizations somebody acts for, kept in the session.
ACTS_FOR = "acts_for"


def acting(request: HttpRequest) -> list[Affiliation]:
    """For whom this person acts today; first the organization they chose last."""
    person: Any = request.user
    rows = Affiliation.objects.current(on=timezone.localdate()).filter(person=person)
    chosen = request.session.get(ACTS_FOR, "")
    found = rows.select_related("organization").order_by("organization__legal_name", "id")
    return sorted(found, key=lambda each: str(each.organization_id) != chosen)


class ForOrganization(LoginRequiredMixin, ForViewer):
    """A page for the people of one organization; who acts for none is led to registration.

    ``door`` is the word it stands under, ``roles`` who may use it: others read one sentence why not (403).
    """

    door: ClassVar[str] = "now"
    roles: ClassVar[tuple[str, ...]] = tuple(AffiliationRole.values)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not self.affiliations:
            return redirect("register")
        if self.affiliation.role not in self.roles:
            raise NotAllowed(self.why_not())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        return acting(self.request)

    @property
    def affiliation(self) -> Affiliation:
        return self.affiliations[0]

    @property
    def organization(self) -> Organization:
        return self.affiliation.organization

    def why_not(self) -> str:
        """Names nobody: why a request was refused stands in the log."""
        return _("You may read this, not write it. Ask an administrator of your organization for another role.")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        upper: Any = super()
        known: dict[str, Any] = upper.get_context_data(**context)
        return known | {
            "affiliation": self.affiliation,
            "organization": self.organization,
            "others": self.affiliations[1:],
            "may_write": self.affiliation.role in EditorsOnly.roles,
            "doors": [Door(name, reverse(f"desk:{key}"), key == self.door) for key, name in DOORS],
        }


class EditorsOnly(ForOrganization):
    """For who writes for the organization."""

    roles: ClassVar[tuple[str, ...]] = (AffiliationRole.ADMIN, AffiliationRole.EDITOR)


class AdminsOnly(ForOrganization):
    """For who decides about its people."""

    roles: ClassVar[tuple[str, ...]] = (AffiliationRole.ADMIN,)

    def why_not(self) -> str:
        return _("Only an administrator of your organization may do this. Ask one of them.")


class WithNumbers:
    """A form with rows of register numbers; a row more is asked for with a button, scripts or not."""

    request: HttpRequest
    organization: Organization
    get_form: Any
    form_valid: Any
    form_invalid: Any
    render_to_response: Any

    @cached_property
    def numbers(self) -> Any:
        """The numbers of registers, as rows of their own."""
        rows = self.organization.identifiers.values("scheme", "value")
        return NumbersFormSet(self.request.POST or None, initial=list(rows), prefix="numbers")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        upper: Any = super()
        known: dict[str, Any] = upper.get_context_data(**context)
        return known | {"numbers": self.numbers}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if "another" in request.POST:
            self.numbers = NumbersFormSet(with_one_row_more(request.POST, NumbersFormSet, "numbers"), prefix="numbers")
            again: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return again
        right = form.is_valid() & self.numbers.is_valid()
        answer: HttpResponse = self.form_valid(form) if right else self.form_invalid(form)
        return answer
