"""Each component in all its states, on one page. Routed only with DEBUG; nothing here is read from the database."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone, translation
from django.views.generic import TemplateView

from commitments.enums import Completion
from commitments.measures import Measure
from commitments.views import Step
from net4u.base.charts import Part, Row, Table, columns, single, stacked
from net4u.base.states import Editorial
from net4u.base.threads import Knot
from net4u.base.views import Chip, SourceLetters
from net4u.site.views import Figure
from organizations.map import Map, country_of, legend, steps_up_to
from vocabulary.models import Pillar, Source, Territory

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class Example(SimpleNamespace):
    """Stands for a record: what a component asks of one, and its name."""

    get_absolute_url = "/styleguide/"
    is_demonstration = False

    def __str__(self) -> str:
        return str(self.name)


def some(*records: Any) -> SimpleNamespace:
    """A relation that holds these."""
    return SimpleNamespace(all=list(records))


PILLARS = [
    Pillar(code="p1", name="Child exploitation and forced criminality"),
    Pillar(code="p2", name="Hybrid threats and high-risk criminal networks"),
    Pillar(code="p3", name="Cyber-enabled organized crime and AI threats"),
    Pillar(code="p4", name="Asset recovery and social reuse"),
    Pillar(code="p5", name="Corruption and infiltration of public institutions"),
    Pillar(code="p6", name="Youth recruitment and prevention strategies"),
    Pillar(code="p7", name="A pillar that has no mark yet"),
]
SOURCES = [
    Source(publisher="Alliance of NGOs", title="The workshop in Rome", url="https://example.org/a",
           published_on=date(2025, 12, 3), note="Gives the agenda, no number of participants."),
    Source(publisher="SecurityWomen", title="Report of a participant", published_on=date(2025, 12, 1)),
]  # fmt: skip


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name of the organization", help_text="As it is registered.")
    country = forms.ChoiceField(label="Country where you are registered", choices=[("it", "Italy"), ("mt", "Malta")])
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    mission = forms.CharField(label="What you work for", widget=forms.Textarea, required=False)
    active = forms.MultipleChoiceField(
        label="What you do", choices=[("aid", "Legal aid"), ("help", "Helpline"), ("study", "Research")],
        widget=forms.CheckboxSelectMultiple, required=False, help_text="Choose all that apply.",
    )  # fmt: skip
    seen = forms.ChoiceField(
        label="Who may see you", choices=[("all", "Everybody"), ("members", "Members")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="We have read the house rules")
    kept = forms.CharField(label="Number", disabled=True, required=False, initial="Given by the secretariat")


def commitment(on: date, completion: Completion, *, due: int, **more: Any) -> Example:
    """A promise that is due in so many days."""
    return Example(**{
        "name": "An open register of 120 confiscated properties in three regions",
        "language": "en", "reference": "C-2026-0001", "is_demonstration": True, "is_published": True,
        "pillars": some(PILLARS[3], PILLARS[4]),
        "organization": Example(name="Second House Cooperative", country="Italy"),
        "completion": completion, "get_completion_display": completion.label, "assessed_on": on - timedelta(days=8),
        "progress": "in_progress", "due_on": on + timedelta(days=due), "is_open": completion != Completion.COMPLETE,
    } | more)  # fmt: skip


def steps(on: date) -> list[Step]:
    def step(mark: str, days: int, name: str, done: int | None = None) -> Step:
        done_on = None if done is None else on + timedelta(days=done)
        return Step(on + timedelta(days=days), mark, Example(name=name, done_on=done_on))  # type: ignore[arg-type]

    return [
        step("reached", -200, "Agreement on data with three municipalities", -208),
        step("reached", -150, "Visiting form tested with volunteers", -138),
        step("late", -20, "60 properties listed"),
        Step(on, "today"),
        step("ahead", 77, "110 properties listed, register open to corrections"),
        step("planned", 139, "120 properties listed; guide handed to partners"),
    ]


THREAD = [
    Knot("Workshop", (Example(name="Rome, November 2025"),)),
    Knot("Working group", note="Not stated in the source", shape="gap"),
    Knot("Output, proposal", (Example(name="Compulsory social reuse of confiscated assets"),)),
    Knot("Recommendations", (Example(name="Give social reuse priority", reference="R-2026-0003"),), note="Accepted"),
    Knot("Commitment", (Example(name="", reference="C-2026-0001", is_demonstration=True),), shape="here"),
    Knot("Commitments", links=(("3 commitments", "/commitments/"),), note="8 of 13 milestones reached, 1 overdue"),
    Knot("What became of it", note="Nothing is recorded yet", shape="absent"),
]


def figures() -> dict[str, Any]:
    """Charts and maps of made-up numbers."""
    levels = {"complete": 6, "substantial": 4, "limited": 4, "not_started": 1, "no_evidence": 1, "not_assessed": 2}
    parts = [Part(look, value, f"{look}: {value}", "/commitments/") for look, value in levels.items()]
    whole = Part("", sum(levels.values()), "Short term", "/commitments/")
    dates = [Part("in_time", 7, "In time: 7", "/commitments/"), Part("late", 2, "Late: 2", "/commitments/")]
    countries = [
        country_of(Territory(iso2=code, name=name), count, steps_up_to(4), lambda _code: "/organizations/")
        for code, name, count in (("DE", "Germany", 3), ("FR", "France", 2), ("IT", "Italy", 4), ("MT", "Malta", 1))
    ]
    return {
        "bars": [stacked("Short term", whole, parts, most=20)],
        "levels": [(look, look.replace("_", " ")) for look in levels],
        "table": Table(["Completion", "Short term"], [Row(part.look, [part]) for part in parts]),
        "pillar_bars": [
            (pillar, single(pillar.name, Part("", 12 - place, pillar.name, "/commitments/"), most=12))
            for place, pillar in enumerate(PILLARS[:6])
        ],
        "columns": columns([("Aug", dates), ("Sep", dates[:1])]),
        "map": Map(countries, legend(steps_up_to(4)), countries[2], 10, 0),
        "empty_map": Map([], legend(steps_up_to(0)), None, 0, 0),
    }


def examples(on: date) -> dict[str, Any]:
    letters = SourceLetters(SOURCES)
    sent = ExampleForm({"website": "https://second house", "name": "Second House"})
    measures = [
        Measure(Decimal(18), Decimal(120), reported, confirmed)
        for reported, confirmed in ((Decimal(74), Decimal(71)), (Decimal(40), None), (None, None))
    ]
    return {
        "states": [Example(state=each, is_published=False, get_state_display=each.label) for each in Editorial],
        "published": Example(state="published", is_published=True, get_state_display="published"),
        "demo": Example(is_demonstration=True),
        "completions": list(Completion),
        "answers": ["none", "noted", "partly", "accepted", "rejected"],
        "today": on, "soon": on + timedelta(days=12), "later": on + timedelta(days=77), "past": on - timedelta(days=8),
        "measures": measures, "pillars": PILLARS, "letters": letters, "source": SOURCES[0], "other": SOURCES[1],
        "commitments": [
            commitment(on, Completion.LIMITED, due=-8),
            commitment(on, Completion.NOT_ASSESSED, due=12, pillars=some(), reference=None, is_published=False,
                       state="draft", get_state_display="draft"),
            commitment(on, Completion.NOT_STARTED, due=300, progress="completed"),
            commitment(on, Completion.COMPLETE, due=-30),
        ],
        "steps": steps(on), "thread": THREAD, "commitment": commitment(on, Completion.LIMITED, due=77),
        "strand": [
            Figure("Said", 22, "workshops and events", "/workshops/"),
            Figure("Recommended", 13, "recommendations, word for word", "/recommendations/"),
            Figure("Promised", 39, "commitments by 22 organizations", "/commitments/"),
            Figure("Done", 7, "assessed as complete", "/commitments/?completion=complete"),
        ],
        "chips": [Chip("Country", "Italy", "?"), Chip("Membership", "Members", "?")],
        "empty_form": ExampleForm(auto_id="empty_%s"), "sent_form": sent, "saved_at": time(14, 32),
        "step_names": ["names", "kind", "where you work", "pillars and activities", "two contacts", "appearance"],
    }  # fmt: skip


class Styleguide(TemplateView):
    template_name = "site/styleguide.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return (
            super().get_context_data(**context)
            | examples(timezone.localdate())
            | figures()
            | {
                "page_is_from_right": translation.get_language_bidi(),
            }
        )


class RightToLeft(Styleguide):
    """The same page as in a language that is written from right to left, with Bootstrap's sheet for it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("ar"):
            response = super().dispatch(request, *args, **kwargs)
            return response.render()  # type: ignore[attr-defined, no-any-return]
