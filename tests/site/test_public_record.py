"""The public record as it is after ``load_public_record``, once for the whole module.

The contradictions of the sources, and the traps in them, have one test each, numbered as the project's notes
on its subject number them.
"""

# ruff: noqa: RUF001 -- the sources' own quotation marks and dashes

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import CharField, JSONField, TextField
from django.test import TestCase
from django.utils.text import slugify
from pytest_django import DjangoDbBlocker

from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import ChangeCounter, Document, JournalEntry, Record, ReferenceSeries
from net4u.base.states import Editorial
from net4u.base.viewers import PUBLIC
from net4u.site.public_record import PARTS, find, load_public_record
from organizations.models import Membership, Organization, RegionalNetwork
from organizations.services import merge_organizations
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation
from vocabulary.models import Instrument, Pillar, PillarScheme, Provision, Reference, Source
from workshops.models import (
    Contribution,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)
from workshops.services import curate, remove, withdraw_workshop

pytestmark = pytest.mark.django_db

ALLIANCE = "alliance-2025-12-03"
SECURITYWOMEN = "securitywomen-2025-12-01"

# Word for word.
TITLE = (
    "Regional Workshop on Non-governmental Stakeholders’ Engagement in Practical Application of the "
    "UN Convention against Transnational Organized Crime"
)
BRITISH_TITLE = (
    "European Regional Workshop on Non-Governmental Stakeholders' Engagement in Practical Application of the "
    "UN Convention against Transnational Organised Crime"
)
PROJECT_AT_ITS_LAUNCH = (
    "Build the capacity of NGOs, academia and the private sector to engage in the UN Convention against "
    "Transnational Organized Crime (UNTOC), its review mechanism and related activities"
)
CONSIDERS = (
    "SecurityWomen is currently considering its future engagement with the newly established Civil Society "
    "Regional Network for Europe (NET4U) and looks forward to contributing to its work."
)
RECOMMENDED = (
    "Creating more opportunities to prevent young people from falling victims to organized crime networks",
    (
        "Better training of police and immigration officials on suspected cases of sex/labor trafficking, "
        "and of judges and prosecutors on domestic trafficking laws"
    ),
    (
        "Including perspectives of victims in information gathering and increasing protection for migrants, "
        "particularly for whistleblowers"
    ),
    "Enhancing inter-regional networking due to often cross-regional nature of trafficking and smuggling",
    "Engaging (social) media to raise awareness about the review process",
)
# In our own words.
LIST_MISSING = (
    "The published text goes on without the list that it announces. We record no recommendation rather than guess."
)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once, in a transaction around the tests' own; rolled back after the last of them."""

    class Loaded(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            load_public_record()

    with django_db_blocker.unblock():
        Loaded.setUpClass()
    yield
    with django_db_blocker.unblock():
        Loaded.tearDownClass()
        Loaded.doClassCleanups()


def workshop(slug: str) -> Workshop:
    found: Workshop = Workshop.objects.get(slug=slug)
    return found


def figures(slug: str) -> list[tuple[Any, ...]]:
    columns = ("unit", "qualifier", "value", "wording", "read_with_care", "source__slug")
    return list(workshop(slug).figures.order_by("order").values_list(*columns))


# -- fourteen contradictions and traps ----------------------------------------------------------------------


def test_1_six_pillars_and_five_fronts_are_two_schemes_that_correspond() -> None:
    schemes = {each.code: (each.canonical, each.source.slug) for each in PillarScheme.objects.all()}
    fronts = Pillar.objects.filter(scheme__code="five-fronts")

    assert schemes == {"six-pillars": (True, ALLIANCE), "five-fronts": (False, SECURITYWOMEN)}
    assert list(Pillar.objects.filter(scheme__code="six-pillars").values_list("code", "name")) == [
        ("p1", "Child exploitation and forced criminality"),
        ("p2", "Hybrid threats and high-risk criminal networks"),
        ("p3", "Cyber-enabled organized crime and AI threats"),
        ("p4", "Asset recovery and social reuse"),
        ("p5", "Corruption and infiltration of public institutions"),
        ("p6", "Youth recruitment and prevention strategies"),
    ]
    assert {each.name: [pillar.code for pillar in each.corresponds_to.all()] for each in fronts} == {
        "Child exploitation and trafficking for criminal purposes": ["p1"],
        "Corruption, hybrid threats, and high-risk criminal networks": ["p2", "p5"],
        "Cyber-enabled organised crime and AI-driven threats": ["p3"],
        "Asset recovery and social reuse of confiscated assets": ["p4"],
        "Youth recruitment and prevention strategies": ["p6"],
    }


def test_2_four_co_organizers_in_one_source_and_a_convener_with_partners_in_the_other() -> None:
    roles = workshop("rome-2025").roles.order_by("order").values_list("source__slug", "organization__slug", "role")

    assert list(roles) == [
        (ALLIANCE, "alliance-of-ngos", "co_organizer"),
        (ALLIANCE, "libera", "co_organizer"),
        (ALLIANCE, "gi-toc", "co_organizer"),
        (ALLIANCE, "unodc", "co_organizer"),
        (SECURITYWOMEN, "unodc", "convener"),
        (SECURITYWOMEN, "libera", "partner"),
        (SECURITYWOMEN, "gi-toc", "partner"),
        (SECURITYWOMEN, "alliance-of-ngos", "partner"),
    ]


def test_3_a_network_established_and_a_foundation_laid_are_two_statements() -> None:
    statements = workshop("rome-2025").outputs.filter(kind="mechanism")

    assert [(each.text, each.source.slug, each.read_with_care, bool(each.note)) for each in statements] == [
        ("Establishment of a Civil Society Regional Network for Europe (NET4U)", SECURITYWOMEN, True, True),
        ("Foundation for a new European Civil Society Engagement Mechanism", ALLIANCE, True, True),
    ]


def test_4_the_second_title_in_british_spelling_is_another_name_and_no_slug_comes_from_a_title() -> None:
    rome = workshop("rome-2025")

    assert (rome.title, rome.title_is_verbatim, rome.source) == (
        TITLE,
        True,
        Source.objects.get(slug=ALLIANCE),
    )
    assert list(rome.names.values_list("name", "source__slug")) == [
        (
            BRITISH_TITLE,
            SECURITYWOMEN,
        )
    ]
    assert not [each.slug for each in Workshop.objects.all() if each.slug == slugify(each.title)]


def test_5_a_text_received_twice_is_one_source_and_nothing_of_it_is_there_twice() -> None:
    (source,) = Source.objects.filter(publisher="SecurityWomen")
    texts = list(workshop("rome-2025").outputs.values_list("text", flat=True))

    assert "received twice" in source.note
    assert len(texts) == len(set(texts)) == 12
    assert workshop("rome-2025").outputs.filter(kind="proposal", source=source).count() == 6
    assert Contribution.objects.filter(source=source).count() == 2


def test_6_the_firearms_protocol_is_younger_than_the_convention() -> None:
    adopted = Instrument.objects.values_list("code", "adopted_on", "resolution")

    assert list(adopted) == [
        ("UNTOC", date(2000, 11, 15), "A/RES/55/25"),
        ("TIP", date(2000, 11, 15), "A/RES/55/25"),
        ("SOM", date(2000, 11, 15), "A/RES/55/25"),
        ("FA", date(2001, 5, 31), "A/RES/55/255"),
    ]
    assert "31 May 2001" in Source.objects.get(slug=SECURITYWOMEN).note


def test_7_192_parties_are_parties_to_be_read_with_care() -> None:
    figure = WorkshopFigure.objects.get(unit="parties")

    assert (figure.workshop.slug, figure.value, figure.qualifier, figure.wording, figure.read_with_care) == (
        "cop12-2024",
        192,
        "exact",
        "signed by 192 parties",
        True,
    )
    assert "signatories" in figure.note


def test_8_about_40_from_18_countries_twice_are_two_workshops() -> None:
    came = "Some 40 representatives of Non-Governmental Organizations (NGOs), academia and the private sector"
    vienna, asia = "unodc-2019-10-14", "unodc-csu-2020-11-13"

    assert [each for each in figures("vienna-2019") if each[0] != "expected_participants"] == [
        ("representatives", "about", 40, came, False, vienna),
        ("countries", "exact", 18, "from 18 countries", False, vienna),
    ]
    assert figures("asia-2020") == [
        ("participants", "about", 40, "some 40 participants", False, asia),
        ("countries", "exact", 18, "from 18 countries", False, asia),
        ("youth_percent", "exact", 30, "including 30% youth participants", True, asia),
    ]


def test_9_the_civil_society_team_of_2019_is_the_unit_of_2020() -> None:
    unit = Organization.objects.get(slug="unodc-civil-society-unit")
    organized = unit.workshop_roles.filter(role="organizer").order_by("workshop__slug")

    assert "Civil Society Team" in unit.aliases
    assert unit.part_of == Organization.objects.get(slug="unodc")
    assert list(organized.values_list("workshop__slug", "named_as")) == [
        ("asia-2020", ""),
        ("cop12-2024-ngo-briefing", "UNODC Civil Society Unit (UNODC CSU)"),
        ("cop12-2024-uniting-forces", "Civil Society Unit"),
        ("vienna-2019", "United Nations Office on Drugs and Crime (UNODC) Civil Society Team"),
    ]


def test_10_the_project_has_one_name_and_its_first_wording_as_another() -> None:
    project = Reference.objects.get(code="se4u")

    assert (project.name, project.aliases) == (
        "Stakeholder Engagement for UNTOC, its Review Mechanism and Related Activities (SE4U)",
        [PROJECT_AT_ITS_LAUNCH],
    )


def test_11_about_25_were_expected_and_about_40_came() -> None:
    people = [each for each in figures("vienna-2019") if each[0] != "countries"]

    assert [(unit, qualifier, value, source) for unit, qualifier, value, _, _, source in people] == [
        ("representatives", "about", 40, "unodc-2019-10-14"),
        ("expected_participants", "about", 25, "cross-unimi-2019"),
    ]


def test_12_more_than_40_experts_are_no_count_of_civil_society() -> None:
    experts = workshop("rome-2025").figures.get(unit="experts")

    assert (experts.value, experts.qualifier, experts.wording, experts.note, experts.read_with_care) == (
        40,
        "more_than",
        "more than 40 experts (including INTERPOL, EUROPOL, UNICRI and UNODC/UNTOC)",
        "Staff of intergovernmental organizations are among them: this is no count of civil society.",
        True,
    )


def test_13_a_text_is_published_after_what_it_tells_of() -> None:
    held = Workshop.objects.filter(slug__in=["rome-2025", "vienna-2019", "asia-2020", "cop12-2024"])

    assert {each.slug: (each.starts_on, each.ends_on, each.source.published_on) for each in held} == {
        "rome-2025": (date(2025, 11, 19), date(2025, 11, 21), date(2025, 12, 3)),
        "vienna-2019": (date(2019, 10, 10), date(2019, 10, 11), date(2019, 10, 14)),
        "asia-2020": (date(2020, 11, 10), date(2020, 11, 12), date(2020, 11, 13)),
        "cop12-2024": (date(2024, 10, 14), date(2024, 10, 18), date(2024, 10, 21)),
    }


def test_14_unicode_stays_as_the_sources_have_it_and_no_bullets_come_along() -> None:
    everything = all_texts()
    expected = (
        "Stakeholders’ Engagement",
        "Valparaíso",
        "women’s inclusive",
        "Gender – Issues",
        "whole-of-society",
    )

    assert [words for words in expected if words not in everything] == []
    assert [mark for mark in ("•", "\u00a0", "\ufffd", "â€") if mark in everything] == []


def all_texts() -> str:
    """Every text of the record, in one."""
    found = []
    for model in {type(each) for each in records()}:
        fields = [
            each.name for each in model._meta.concrete_fields if isinstance(each, CharField | TextField | JSONField)
        ]
        found += [str(value) for row in model.objects.values_list(*fields) for value in row]
    return "\n".join(found)


def records() -> list[Record]:
    models: list[type[Record]] = [
        Workshop,
        Resource,
        Recommendation,
        Declaration,
        Organization,
        RegionalNetwork,
    ]
    models += [part.model for part in PARTS.values()]
    return [each for model in models for each in model._base_manager.all()]


# -- the whole of it ----------------------------------------------------------------------------------------


def test_every_list_has_its_records() -> None:
    models = (
        RegionalNetwork, Organization, Membership, Workshop, WorkshopName, WorkshopFigure, WorkshopRole,
        Session, Participation, WorkingGroup, Contribution, Output, Resource, Recommendation, Addressee,
        Declaration, DeclarationArea, Provision, SourceDifference, Statement,
    )  # fmt: skip

    assert {model.__name__: model._base_manager.count() for model in models} == {
        "RegionalNetwork": 4,
        "Organization": 14,
        "Membership": 1,
        "Workshop": 19,
        "WorkshopName": 3,
        "WorkshopFigure": 14,
        "WorkshopRole": 27,
        "Session": 14,
        "Participation": 5,
        "WorkingGroup": 6,
        "Contribution": 13,
        "Output": 15,
        "Resource": 8,
        "Recommendation": 5,
        "Addressee": 2,
        "Declaration": 1,
        "DeclarationArea": 5,
        "Provision": 107,
        "SourceDifference": 5,
        "Statement": 10,
    }


def test_every_record_cites_its_source() -> None:
    cite = [each for each in records() if not isinstance(each, SourceDifference)]  # its statements do
    assert [each for each in cite if each.source_id is None] == []


def test_no_quotation_was_turned_into_an_answer() -> None:
    """“Will be studied carefully by UNODC” is what the source says will follow."""
    assert set(Recommendation.objects.values_list("what_follows", flat=True)) == {
        (
            "The recommendations will be studied carefully by UNODC and used to further strengthen the engagement of "
            "non-governmental stakeholders in the implementation of the UNTOC and its review mechanism."
        )
    }
    assert not Answer.objects.exists()
    assert not Assessment.objects.exists()


def test_where_the_sources_differ_each_is_quoted() -> None:
    told = {
        difference.question: {row.source.publisher: row.quote or row.note for row in difference.statements.all()}
        for difference in workshop("rome-2025").differences.all()
    }
    assert list(told) == [
        "Who organized it", "What was created", "Its subjects", "How many took part", "Its title",
    ]  # fmt: skip
    assert told["What was created"] == {
        "Alliance of NGOs on Crime Prevention and Criminal Justice":
            "laid the foundation for a new European Civil Society Engagement Mechanism",
        "SecurityWomen": "the establishment of a Civil Society Regional Network for Europe (NET4U)",
    }  # fmt: skip
    assert {len(each) for each in told.values()} == {2}
    assert Statement.objects.get(quote="").note == "No number is given."


def test_everything_with_an_editorial_life_is_published() -> None:
    for model in (Organization, Workshop, Recommendation, Declaration):
        assert set(model.objects.values_list("state", flat=True)) == {Editorial.PUBLISHED}


def test_nobody_is_a_member_of_any_network() -> None:
    standing = Membership.objects.get()

    assert not Organization.objects.belonging().exists()
    assert (standing.organization.slug, standing.network.code, standing.status, standing.quote) == (
        "securitywomen",
        "net4u-europe",
        "considering",
        CONSIDERS,
    )


def test_an_organization_has_a_country_only_where_one_is_stated_and_shows_no_profile() -> None:
    with_country = Organization.objects.exclude(country=None).order_by("slug")

    assert list(with_country.values_list("slug", "country__iso2")) == [
        ("libera", "IT"),
        ("norway", "NO"),
        ("sweden", "SE"),
        ("united-states", "US"),
    ]
    assert not Organization.objects.with_profile_for(PUBLIC).exists()
    assert all(each.is_known_from_source for each in Organization.objects.all())


def test_networks_keep_what_is_known_and_how_exactly() -> None:
    columns = (
        "code",
        "established_on",
        "established_precision",
        "member_count",
        "member_count_as_of",
        "source__slug",
    )

    assert list(RegionalNetwork.objects.values_list(*columns)) == [
        ("net4u-europe", date(2025, 11, 1), "month", None, None, SECURITYWOMEN),
        ("net4u-americas", date(2022, 3, 1), "month", 20, date(2025, 2, 1), "unodc-net4u"),
        ("net4u-africa", date(2023, 6, 1), "month", 26, date(2025, 2, 1), "unodc-net4u"),
        ("net4u-asia", None, "unknown", None, None, "unodc-net4u"),
    ]


def test_events_form_a_tree_with_dates_as_exact_as_the_sources() -> None:
    columns = ("slug", "part_of__slug", "starts_on", "date_precision")

    assert sorted(Workshop.objects.values_list(*columns)) == [
        ("asia-2020", None, date(2020, 11, 10), "day"),
        ("ccpcj-33", None, None, "unknown"),
        ("ccpcj-33-securitywomen", "ccpcj-33", None, "unknown"),
        ("ccpcj-34", None, None, "unknown"),
        ("ccpcj-34-securitywomen", "ccpcj-34", None, "unknown"),
        ("cop12-2024", None, date(2024, 10, 14), "day"),
        ("cop12-2024-declaration-launch", "cop12-2024", None, "unknown"),
        ("cop12-2024-executive-director", "cop12-2024", date(2024, 10, 16), "day"),
        ("cop12-2024-ngo-briefing", "cop12-2024", date(2024, 10, 14), "day"),
        ("cop12-2024-president", "cop12-2024", None, "unknown"),
        ("cop12-2024-round-table", "cop12-2024", date(2024, 10, 14), "day"),
        ("cop12-2024-uniting-forces", "cop12-2024", None, "unknown"),
        ("cop12-2024-youth-consultation", "cop12-2024", None, "unknown"),
        ("cop12-2024-youth-side-event", "cop12-2024", None, "unknown"),
        ("cop12-2024-youth-statement", "cop12-2024", None, "unknown"),
        ("crime-congress-15", None, date(2026, 4, 1), "month"),
        ("rome-2025", None, date(2025, 11, 19), "day"),
        ("vienna-2019", None, date(2019, 10, 10), "day"),
        ("vienna-2019-ms-briefing", "vienna-2019", None, "unknown"),
    ]


def test_the_sessions_of_rome_are_in_order_and_the_third_day_has_no_numbers() -> None:
    sessions = workshop("rome-2025").sessions.all()

    assert [(each.order, each.day, each.number, each.title_is_verbatim) for each in sessions] == [
        (1, 1, 1, False),
        (2, 1, 2, False),
        (3, 2, 3, False),
        (4, 2, 4, False),
        (5, 2, 5, False),
        (6, 2, 6, True),
        (7, 3, None, False),
        (8, 3, None, True),
        (9, 3, None, False),
    ]
    assert [each.title for each in sessions if each.title_is_verbatim] == [
        "Working Groups",
        "Preparation for Collective Action",
    ]


def test_one_working_group_a_pillar_in_session_six() -> None:
    groups = workshop("rome-2025").working_groups.all()

    assert [(each.code, [pillar.code for pillar in each.pillars.all()]) for each in groups] == [
        ("wg1", ["p1"]), ("wg2", ["p2"]), ("wg3", ["p3"]), ("wg4", ["p4"]), ("wg5", ["p5"]), ("wg6", ["p6"]),
    ]  # fmt: skip
    assert all(each.name == each.pillars.get().name for each in groups)
    assert {(each.session.number, each.method) for each in groups} == {(6, "LUMA design-thinking methodology")}


def test_the_outputs_of_rome_word_for_word_and_none_given_to_a_pillar() -> None:
    outputs = workshop("rome-2025").outputs.filter(kind__in=["finding", "proposal"])

    assert [(each.order, each.kind, each.text, each.read_with_care) for each in outputs] == [
        (1, "finding", "Urgency of cross-sector cooperation", False),
        (2, "finding", "Importance of survivor-centered and evidence-based approaches", False),
        (3, "finding", "Value of harmonized frameworks against TOC", False),
        (4, "finding", "Need for stronger regional mechanisms and political support", False),
        (5, "proposal", "Intergenerational capacity building and knowledge sharing", False),
        (6, "proposal", "Cross-sectoral public education and awareness campaigns", False),
        (7, "proposal", "Educational frameworks addressing cybercrime and AI-driven threats", False),
        (
            8, "proposal",
            "Advocacy for compulsory social reuse of confiscated assets and transparency mechanisms", False,
        ),
        (9, "proposal", "A whole-of-society approach to protect youth at risk", False),
        (10, "proposal", "Building Inclusive Partnerships Against Organised Crime", True),
    ]  # fmt: skip
    assert not Output.objects.filter(pillar__isnull=False).exists()
    assert not Output.objects.filter(working_group__isnull=False).exists()


def test_a_list_announced_and_missing_is_recorded_as_missing() -> None:
    announced = Output.objects.get(kind="announced_list")

    assert (announced.workshop.slug, announced.text, announced.note) == (
        "vienna-2019",
        "As a result of the workshop, several recommendations were made for the way forward, including:",
        LIST_MISSING,
    )
    assert not workshop("vienna-2019").recommendations.exists()


def test_thirteen_appearances_of_twelve_people_and_a_role_only_where_one_is_given() -> None:
    seen = Contribution.objects.visible_to(PUBLIC).order_by("workshop__slug", "order")

    assert list(seen.values_list("workshop__slug", "kind", "person_name", "person_role")) == [
        ("asia-2020", "welcomed", "Jean-Luc Lemahieu", "Director"),
        ("asia-2020", "spoke", "Louise Taylor", ""),
        ("asia-2020", "spoke", "David Coughran", ""),
        ("cop12-2024-executive-director", "spoke", "Ghada Fathi Waly", "Executive Director"),
        ("cop12-2024-president", "met", "Peter Burian", "President for UNTOC COP12, Ambassador of Slovakia"),
        (
            "cop12-2024-uniting-forces",
            "moderated",
            "Billy Batware",
            "Crime Prevention and Criminal Justice Officer",
        ),
        ("cop12-2024-youth-side-event", "spoke", "Fernanda Rokha", "youth representative"),
        ("rome-2025", "represented", "Barbara Cleary", "Chairperson"),
        ("rome-2025", "represented", "Laura-Jane Watkins", "Research Associate"),
        ("vienna-2019", "opened", "John Brandolino", "Director"),
        ("vienna-2019", "spoke", "Mark Shaw", "Director"),
        ("vienna-2019", "presented", "Jean-Luc Lemahieu", "Director"),
        (
            "vienna-2019-ms-briefing",
            "spoke",
            "Alicia Guadalupe Buenrostro Massieu",
            "Ambassador of Mexico in Vienna",
        ),
    ]
    assert len({each.person_name for each in seen}) == 12


def test_recommendations_word_for_word_with_references_and_only_inferred_addressees() -> None:
    found = [
        (each.reference, each.text, [(to.kind, to.inferred) for to in each.addressees.all()])
        for each in Recommendation.objects.order_by("order")
    ]

    assert found == [
        ("R-2020-0001", RECOMMENDED[0], []),
        ("R-2020-0002", RECOMMENDED[1], [("all_states", True)]),
        ("R-2020-0003", RECOMMENDED[2], []),
        ("R-2020-0004", RECOMMENDED[3], [("civil_society", True)]),
        ("R-2020-0005", RECOMMENDED[4], []),
    ]
    assert not Pillar.objects.filter(recommendations__isnull=False).exists()


def test_trainings_announce_more_parts_than_are_named() -> None:
    columns = ("acronym", "title", "parts", "parts_announced")

    assert list(Resource.objects.filter(slug__in=["saf", "safe"]).order_by("slug").values_list(*columns)) == [
        ("SAF", "Scan Awareness and Fraud Education", [], 5),
        ("SAFE", "SAFE method", ["Stop", "Ask", "Feel", "Engage"], None),
    ]
    assert "probably “Scam” is meant" in Resource.objects.get(slug="saf").note


def test_the_declaration_names_five_of_eight_areas() -> None:
    declaration = Declaration.objects.get()

    assert (declaration.signatories, declaration.signatories_qualifier, declaration.areas_announced) == (
        150,
        "more_than",
        8,
    )
    assert [each.text for each in declaration.areas.all()] == [
        "Enhancing the role of civil society in the implementation of UNTOC",
        "Strengthening international and multistakeholder collaboration",
        "Adopting a whole of society and victim-centred approach",
        "Addressing urgent threats",
        "Putting human rights at the core of the fight against organized crime",
    ]
    assert declaration.launched_at == workshop("cop12-2024-declaration-launch")


def test_every_summary_is_two_to_four_sentences() -> None:
    sentences = {each.slug: len(re.findall(r"\.(?: |$)", each.summary)) for each in Workshop.objects.all()}

    assert {slug: count for slug, count in sentences.items() if not 2 <= count <= 4} == {}


# -- loading again ------------------------------------------------------------------------------------------


def written() -> dict[str, Any]:
    return {
        "journal": JournalEntry.objects.count(),
        "number": ChangeCounter.objects.get().value,
        "documents": sorted(Document.objects.values_list("number", "digest")),
        "references": list(ReferenceSeries.objects.values_list("prefix", "year", "last")),
    }


def test_loading_again_changes_nothing() -> None:
    before = written()

    assert load_public_record() == 0
    assert written() == before


def test_translations_that_came_later_are_added() -> None:
    kept = sorted(RegionalNetwork.objects.values_list("code", "region_fr", "established_note_it"))
    with change(by=None, what="test.earlier"):
        RegionalNetwork.objects.update(region_fr=None, established_note_it=None)
        RegionalNetwork.objects.filter(code="net4u-asia").update(region_en="Asia and the Pacific")
    load_public_record()
    added = sorted(RegionalNetwork.objects.values_list("code", "region_fr", "established_note_it"))
    kept = [(code, None if code == "net4u-asia" else region, note) for code, region, note in kept]
    assert added == kept, "but where somebody changed the English text meanwhile"


def test_what_was_edited_or_taken_down_since_stays_so() -> None:
    rome = workshop("rome-2025")
    rome.slug, rome.summary = "rome", "Edited."
    curate(record=rome, by=None)
    name = WorkshopName.objects.get(workshop=rome)
    name.name = "Another name"
    curate(record=name, by=None)
    withdraw_workshop(workshop=workshop("cop12-2024"), why="A test.", by=None)

    assert load_public_record() == 0

    rome = Workshop.objects.get(slug="rome")
    assert (rome.summary, [each.name for each in rome.names.all()]) == ("Edited.", ["Another name"])
    assert workshop("cop12-2024").state == Editorial.WITHDRAWN
    assert not Workshop.objects.filter(slug="rome-2025").exists()


def test_who_was_removed_does_not_come_back() -> None:
    remove(record=Contribution.objects.get(person_name="Louise Taylor"), why="At her wish.", by=None)

    assert load_public_record() == 0
    assert not Contribution.objects.filter(person_name="Louise Taylor").exists()


def test_an_organization_merged_meanwhile_is_found_as_its_successor() -> None:
    with change(by=None, what="test.made"):
        successor = Organization(slug="libera-italia", legal_name="Libera", kind="civil_society")
        successor.save()
    merge_organizations(old=Organization.objects.get(slug="libera"), into=successor, why="It registered.", by=None)

    assert load_public_record() == 0
    assert not Organization.objects.filter(slug="libera").exists()
    assert find(Organization, "libera") == successor
    assert set(successor.workshop_roles.values_list("role", flat=True)) == {"co_organizer", "partner"}


def test_a_part_new_in_the_file_joins_a_workshop_that_is_there() -> None:
    remove(record=Session.objects.get(workshop__slug="asia-2020", order=2), by=None)
    JournalEntry.objects.filter(verb=JournalEntry.Verb.DELETED).delete()

    assert load_public_record() == 1
    assert workshop("asia-2020").sessions.get(order=2).title == "Tools for engagement"
    assert list(check()) == []


def test_no_document_differs_from_what_would_be_written_now() -> None:
    assert list(check()) == []


def test_the_command_says_how_much_was_missing() -> None:
    out = StringIO()

    call_command("load_public_record", stdout=out)

    assert out.getvalue() == "0 entries were missing in the public record and are there now.\n"
