"""At the workshop: a code on the page of a working group opens three fields on a phone."""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

import segno
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from commitments.forms import AtWorkshopForm
from commitments.models import PendingDraft
from commitments.services import DRAFTS, keep_for_later, take_over_drafts
from net4u.base import limits
from net4u.base.addresses import absolute
from net4u.base.change import change
from net4u.base.viewers import PUBLIC
from net4u.base.views import ForViewer
from organizations.enums import AffiliationRole
from organizations.models import Affiliation, Organization
from people.links import LinkGone, opens, spend_link
from people.models import OneTimeLink
from workshops.models import WorkingGroup

#: So many mails one line may cause in a day: a whole workshop sits behind one address.
MOST_A_DAY = 200
#: And so many go to one address: nobody is flooded with mail in our name.
MOST_TO_ONE = 5


def written_for(person: Any) -> list[Organization]:
    """Organizations that this person may write for."""
    if not person.is_authenticated:
        return []
    own = Affiliation.objects.current(on=timezone.localdate()).filter(
        person=person, role__in=(AffiliationRole.ADMIN, AffiliationRole.EDITOR)
    )
    return [each.organization for each in own.select_related("organization").order_by("organization__legal_name")]


class OfGroup(ForViewer):
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def group(self) -> WorkingGroup:
        seen = WorkingGroup.objects.visible_to(self.viewer).select_related("workshop")
        found: WorkingGroup | None = seen.filter(workshop__slug=self.kwargs["slug"], code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found


class CommitAtWorkshop(OfGroup, FormView):
    """Our commitments: short, medium and long term. They become drafts, and nothing is public."""

    form_class = AtWorkshopForm
    template_name = "commitments/at_workshop.html"

    @cached_property
    def own(self) -> list[Organization]:
        return written_for(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": self.own, "there": self.there()}

    def there(self) -> list[Organization]:
        """Organizations that anybody may see in this workshop."""
        workshop = self.group.workshop
        found = {
            row.organization
            for rows in (workshop.roles, workshop.participations)
            for row in rows.visible_to(PUBLIC).select_related("organization")
        }
        return sorted(found, key=str)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"group": self.group, "own": self.own}

    def form_valid(self, form: AtWorkshopForm) -> HttpResponse:
        if self.own:
            return self.drafted(form)
        who = get_adapter().get_client_ip(self.request)
        now, to = timezone.now(), form.cleaned_data["email"].lower()
        allowed = limits.allows("drafts", who, most=MOST_A_DAY, now=now)
        if not allowed or not limits.allows("drafts to", to, most=MOST_TO_ONE, now=now):
            form.add_error(None, _("Too many were sent from here today. Yours is still here: send it tomorrow."))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        told = form.cleaned_data
        keep_for_later(
            group=self.group, organization=told["organization"], named=told["named"], email=told["email"],
            texts=form.texts(), language=get_language() or "en",
        )  # fmt: skip
        return render(self.request, "commitments/at_workshop_sent.html", {"group": self.group, "email": told["email"]})

    def drafted(self, form: AtWorkshopForm) -> HttpResponse:
        person: Any = self.request.user
        take_over_drafts(
            organization=form.cleaned_data["organization"], group=self.group, texts=form.texts(),
            language=get_language() or "en", by=person,
        )  # fmt: skip
        messages.success(self.request, _("Saved as drafts of your organization. Go on with them when you have time."))
        return redirect("desk:commitments")


class GroupCode(OfGroup, View):
    """The code that phones read: the address of the page above."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        out = io.BytesIO()
        address = absolute(reverse("group_commit", args=[self.group.workshop.slug, self.group.code]))
        segno.make(address, error="m").save(out, kind="svg", scale=6, border=3, xmldecl=False)
        return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@opens(DRAFTS)
def drafts_by_link(request: HttpRequest, link: OneTimeLink) -> HttpResponse | None:
    """The link of the mail: whoever signs in with its address makes the drafts appear on the desk."""
    pending = PendingDraft.objects.select_related("working_group__workshop").filter(pk=link.object_id).first()
    if pending is None:
        return None
    person: Any = request.user
    addresses = EmailAddress.objects.filter(verified=True, email__iexact=link.email)
    holds = person.is_authenticated and addresses.filter(user=person).exists()
    own = written_for(person) if holds else []
    context = {"pending": pending, "holds": holds, "own": own, "chosen": pending.organization_id}
    if request.method != "POST" or not own:
        return render(request, "commitments/drafts_by_link.html", context)
    chosen = next((each for each in own if str(each.pk) == request.POST.get("organization")), None)
    if chosen is None:
        return render(request, "commitments/drafts_by_link.html", context)
    try:
        with change(by=person, what="commitment.drafts_taken_over"):
            spend_link(link)
            take_over_drafts(
                organization=chosen, group=pending.working_group, texts=pending.texts,
                language=get_language() or "en", by=person,
            )  # fmt: skip
            pending.delete()
    except LinkGone:
        return None
    messages.success(request, _("They are drafts of your organization now."))
    return redirect("desk:commitments")
