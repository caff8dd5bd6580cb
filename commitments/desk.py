"""The promises of one's own organization: written in four steps, sent, and answered by those who are asked to help."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from commitments.forms import (
    BeginCommitmentForm,
    DateForm,
    LinksForm,
    MeasureForm,
    StepsFormSet,
    WhatForm,
    WhenForm,
    WithdrawForm,
)  # fmt: skip
from commitments.horizons import bounds, horizon_of
from commitments.models import Commitment, CommitmentPartner
from commitments.services import (
    WRITABLE,
    begin_commitment,
    confirm_partner,
    decline_partner,
    drop_draft,
    invite_partner,
    move_due_date,
    save_commitment_step,
    submit_commitment,
    take_back_partner,
    withdraw_commitment,
)  # fmt: skip
from commitments.smart import Draft, advice_on, written_so_far
from net4u.base.change import Conflict
from net4u.base.forms import with_one_row_more
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial, NotAllowed, TransitionError
from net4u.base.words import words_of
from organizations.acting import EditorsOnly, ForOrganization, acting
from organizations.models import Affiliation, Organization
from vocabulary.models import Provision

#: How many articles or organizations a search shows.
FOUND = 12


class StepName(NamedTuple):
    """One page of the form."""

    key: str
    title: Any

    def __str__(self) -> str:
        return str(self.title)


STEPS = (
    StepName("what", gettext_lazy("What will you do, and why?")),
    StepName("measure", gettext_lazy("How will you know it is done?")),
    StepName("when", gettext_lazy("By when, and with what?")),
    StepName("links", gettext_lazy("Where does it belong, and who helps?")),
)


class OwnCommitments(ForOrganization, TemplateView):
    """What the organization promised, what it writes just now, and where others ask it to help."""

    door = "commitments"
    template_name = "desk/commitments.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        own = list(self.organization.commitments.as_rows().order_by("due_on", "id"))
        writing = (Editorial.DRAFT, Editorial.CHANGES_REQUESTED, Editorial.SUBMITTED)
        asked = self.organization.partnerships.filter(
            confirmed_at=None, declined_at=None, commitment__state=Editorial.PUBLISHED
        )
        helping = self.organization.partnerships.confirmed().as_rows()
        return super().get_context_data(**context) | {
            "asked": asked.select_related("commitment__organization"),
            "writing": [each for each in own if each.state in writing],
            "open": [each for each in own if each.is_open],
            "closed": [each for each in own if each.state not in writing and not each.is_open],
            "helping": helping,
        }


class Begin(EditorsOnly, FormView):
    """One sentence and a date make a draft."""

    door = "commitments"
    form_class = BeginCommitmentForm
    template_name = "desk/commitment_begin.html"

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language() or "en"}

    def form_valid(self, form: BeginCommitmentForm) -> HttpResponse:
        person: Any = self.request.user
        commitment = begin_commitment(organization=self.organization, by=person, **form.cleaned_data)
        return redirect("desk:commitment_step", pk=commitment.pk, step="what")


class OfCommitment(ForOrganization):
    """A page of one commitment of the organization that this person acts for; of others there is none."""

    door = "commitments"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """Whoever acts for several, and follows a link of a mail, acts for the one it is about."""
        rows = acting(self.request)
        about = Commitment.objects.filter(pk=self.kwargs["pk"]).values_list("organization", flat=True).first()
        return sorted(rows, key=lambda each: each.organization_id != about)

    @property
    def person(self) -> Any:
        return self.request.user

    @cached_property
    def commitment(self) -> Commitment:
        found: Commitment | None = self.organization.commitments.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def may_write(self) -> None:
        if self.affiliation.role not in EditorsOnly.roles:
            raise NotAllowed(self.why_not())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"commitment": self.commitment, "steps": STEPS}

    def page(self) -> HttpResponse:
        return redirect("desk:commitment", pk=self.commitment.pk)


class CommitmentPage(OfCommitment, TemplateView):
    """Where it stands, what is next, and what can be done with it."""

    template_name = "desk/commitment.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commitment, today = self.commitment, timezone.localdate()
        return super().get_context_data(**context) | {
            "writable": commitment.state in WRITABLE,
            "today": today,
            "words": reviewers_words(commitment),
            "advice": advice_on(Draft.of(commitment), today),
            "milestones": commitment.milestones.all(),
            "updates": commitment.updates.order_by("-reported_on", "-id"),
            "partners": commitment.partners.select_related("organization"),
            "is_late": commitment.is_overdue(today),
            "may_withdraw": self.person.has_perm("commitments.withdraw_commitment", commitment),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.may_write()
        try:
            if "drop" in request.POST:
                drop_draft(commitment=self.commitment, by=self.person)
                messages.success(request, _("The draft is deleted."))
                return redirect("desk:commitments")
            submit_commitment(commitment=self.commitment, by=self.person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("Sent. The secretariat reads it within ten working days and writes to you. It is not public yet."),
            )
        return self.page()


class Step(OfCommitment, FormView):
    """One page of the form: what is right is kept, and the next page comes."""

    key: ClassVar[str]
    template_name = "desk/commitment_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.affiliations:
            self.may_write()
            if self.commitment.state not in WRITABLE:
                return self.page()
        return super().dispatch(request, *args, **kwargs)

    @property
    def number(self) -> int:
        return next(number for number, step in enumerate(STEPS, 1) if step.key == self.key)

    def address_of(self, number: int) -> str:
        return reverse("desk:commitment_step", args=[self.commitment.pk, STEPS[number - 1].key])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.commitment}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "now": self.number,
            "step": STEPS[self.number - 1],
            "back": self.address_of(self.number - 1) if self.number > 1 else "",
            "advice": advice_on(Draft.of(self.commitment), timezone.localdate()),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.keep(form)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            return self.form_invalid(form)
        if "stay" in self.request.POST:
            messages.success(self.request, _("Saved as a draft. You can go on at any time."))
            return self.page()
        return redirect(self.address_of(self.number + 1)) if self.number < len(STEPS) else self.page()

    def keep(self, form: Any) -> None:
        save_commitment_step(commitment=form.instance, by=self.person)

    def form_invalid(self, form: Any) -> HttpResponse:
        status = 409 if getattr(form, "theirs", None) else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)


class What(Step):
    key = "what"
    form_class = WhatForm


class HowMeasured(Step):
    key = "measure"
    form_class = MeasureForm


class When(Step):
    key = "when"
    form_class = WhenForm
    template_name = "desk/commitment_when.html"

    @cached_property
    def milestones(self) -> Any:
        rows = self.commitment.milestones.values("title", "due_on")
        return StepsFormSet(self.request.POST or None, initial=list(rows), prefix="steps")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commitment = self.commitment
        months = bounds()
        horizon = horizon_of(commitment.due_on, commitment.start_on or timezone.localdate(), months)
        return super().get_context_data(**context) | {
            "milestones": self.milestones,
            "horizon": horizon,
            "months": list(months.values()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if "another" in request.POST:
            self.milestones = StepsFormSet(with_one_row_more(request.POST, StepsFormSet, "steps"), prefix="steps")
            return self.render_to_response(self.get_context_data(form=form))
        right = form.is_valid() & self.milestones.is_valid()
        if right and self.milestones.within(form.cleaned_data["start_on"], form.cleaned_data["due_on"]):
            return self.form_valid(form)
        return self.form_invalid(form)

    def keep(self, form: Any) -> None:
        save_commitment_step(commitment=form.instance, milestones=self.milestones.milestones(), by=self.person)


class Links(Step):
    """Articles and partners are found by searching: a button that keeps whatever else was chosen."""

    key = "links"
    form_class = LinksForm
    template_name = "desk/commitment_links.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"viewer": self.viewer}

    def get_initial(self) -> dict[str, Any]:
        commitment = self.commitment
        return {
            name: list(getattr(commitment, name).values_list("pk", flat=True))
            for name in ("pillars", "answers", "sdg_targets")
        }

    @cached_property
    def chosen(self) -> list[Provision]:
        """Articles that are ticked now."""
        sent = self.request.POST.getlist("provisions") if self.request.method == "POST" else None
        if sent is None:
            return list(self.commitment.provisions.select_related("instrument"))
        known = {str(each.pk): each for each in Provision.objects.select_related("instrument")}
        return [known[pk] for pk in sent if pk in known]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.request.POST.get("article", "")
        wanted = self.request.POST.get("partner", "")
        return super().get_context_data(**context) | {
            "chosen": self.chosen,
            "article": asked,
            "articles": articles_about(asked, but=self.chosen),
            "partner": wanted,
            "found": self.organizations_named(wanted),
            "partners": self.commitment.partners.select_related("organization"),
        }

    def organizations_named(self, wanted: str) -> list[Organization]:
        """Registered organizations that this person may see; not its own, and not those asked already."""
        if not words_of(wanted):
            return []
        seen = Organization.objects.visible_to(self.viewer).filter(state=Editorial.PUBLISHED)
        others = seen.exclude(pk=self.organization.pk).exclude(partnerships__commitment=self.commitment)
        rows = others.exclude(source__isnull=False, claimed_at__isnull=True).select_related("country")
        named = (row for row in rows.iterator() if _fits(wanted, f"{row.legal_name} {row.english_name} {row.acronym}"))
        return [row for row, _n in zip(named, range(FOUND), strict=False)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "search" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        if asked := request.POST.get("ask"):
            return self.asked(asked)
        if taken_back := request.POST.get("take_back"):
            return self.taken_back(taken_back)
        return super().post(request, *args, **kwargs)

    def asked(self, pk: str) -> HttpResponse:
        seen = Organization.objects.visible_to(self.viewer).filter(state=Editorial.PUBLISHED)
        organization = _with_key(seen, pk)
        try:
            invite_partner(commitment=self.commitment, organization=organization, by=self.person)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, _("%(name)s is asked. It is named once it agrees.") % {"name": organization})
        return self.kept()

    def taken_back(self, pk: str) -> HttpResponse:
        partner = _with_key(self.commitment.partners.all(), pk)
        take_back_partner(partner=partner, by=self.person)
        messages.success(self.request, _("Taken back."))
        return self.kept()

    def kept(self) -> HttpResponse:
        """What was ticked meanwhile stays ticked."""
        form = self.get_form()
        if form.is_valid():
            self.keep(form)
            return redirect(f"{self.request.path}#partners")
        return self.form_invalid(form)

    def keep(self, form: Any) -> None:
        links = {name: form.cleaned_data[name] for name in ("pillars", "answers", "sdg_targets")}
        commitment = form.instance
        if commitment.working_group and commitment.working_group.workshop_id != commitment.workshop_id:
            commitment.working_group = None
        save_commitment_step(commitment=commitment, links=links | {"provisions": self.chosen}, by=self.person)


def _with_key(rows: Any, pk: str) -> Any:
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Http404
    return found


def _fits(wanted: str, text: str) -> bool:
    """Every word that was typed begins a word of the text."""
    known = words_of(text)
    return all(any(each.startswith(word) for each in known) for word in words_of(wanted))


def articles_about(wanted: str, *, but: list[Provision]) -> list[Provision]:
    """Articles by number or words: "31", "prevention", "TIP 9"."""
    if not words_of(wanted):
        return []
    rows = Provision.objects.exclude(pk__in=[each.pk for each in but]).select_related("instrument")
    named = (
        row
        for row in rows.order_by("instrument__order", "article", "id")
        if _fits(wanted, f"{row.instrument.code} {row.article} {row.title}")
    )
    return [row for row, _n in zip(named, range(FOUND), strict=False)]


STEP_VIEWS: dict[str, type[Step]] = {view.key: view for view in (What, HowMeasured, When, Links)}


def step(request: HttpRequest, pk: Any, step: str) -> Any:
    """The page of one step; of another word there is none."""
    view = STEP_VIEWS.get(step)
    if view is None:
        raise Http404
    return view.as_view()(request, pk=pk, step=step)


class Advice(OfCommitment, View):
    """How clear it is, with what stands in the form just now: a piece of a page, asked for while somebody types."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = written_so_far(self.commitment, request.POST)
        return render(request, "desk/advice.html", {"advice": advice_on(draft, timezone.localdate())})


class Withdraw(OfCommitment, FormView):
    form_class = WithdrawForm
    template_name = "desk/commitment_withdraw.html"

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        self.may_write()
        try:
            withdraw_commitment(commitment=self.commitment, why=form.cleaned_data["why"], by=self.person)
        except TransitionError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Withdrawn. It is not shown any more, and nobody is reminded of it."))
        return self.page()


class MoveDate(OfCommitment, FormView):
    form_class = DateForm
    template_name = "desk/commitment_date.html"

    def form_valid(self, form: DateForm) -> HttpResponse:
        self.may_write()
        try:
            move_due_date(commitment=self.commitment, by=self.person, **form.cleaned_data)
        except ValidationError as error:
            for name, each in error.message_dict.items():
                form.add_error(name if name in form.fields else None, each)
            return self.form_invalid(form)
        messages.success(self.request, _("The date is moved. The old one and your reason are kept."))
        return self.page()


class AnswerPartner(ForOrganization, View):
    """The organization says itself whether it takes part."""

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        person: Any = request.user
        partner: CommitmentPartner = _with_key(self.organization.partnerships.all(), pk)
        answer, words = (
            (confirm_partner, _("You are a partner now, and named as one."))
            if "yes" in request.POST
            else (decline_partner, _("Declined. You are not named."))
        )
        try:
            answer(partner=partner, by=person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
        return redirect("desk:commitments")
