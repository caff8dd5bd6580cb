"""What of a workshop is told: every disclosure, of workshop and session, for every kind of viewer."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from net4u.base.states import Editorial
from net4u.base.viewers import PARTNERS, PUBLIC, SECRETARIAT, Audience, Viewer
from tests.factories import (
    ConsentFactory,
    ContributionFactory,
    FigureFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)  # fmt: skip
from workshops.enums import Disclosure
from workshops.models import (
    Contribution,
    Output,
    Participation,
    Session,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopRole,
)  # fmt: skip

pytestmark = pytest.mark.django_db

OUTSIDE = {"public": PUBLIC, "partners": PARTNERS, "members": Viewer(Audience.MEMBERS)}


def sees(model: Any, viewer: Viewer) -> bool:
    return bool(model.objects.visible_to(viewer).exists())


@pytest.mark.parametrize("state", Editorial.values)
@pytest.mark.parametrize("disclosure", Disclosure.values)
def test_a_workshop_is_seen_when_published_and_not_off_the_record(state: str, disclosure: str) -> None:
    workshop = WorkshopFactory(state=state, disclosure=disclosure)
    session = SessionFactory(workshop=workshop, disclosure=disclosure)
    OutputFactory(workshop=workshop, session=session)
    WorkingGroupFactory(workshop=workshop)
    FigureFactory(workshop=workshop)
    shown = state == "published" and disclosure != "off_record"
    for model in (Workshop, Session, Output, WorkingGroup, WorkshopFigure):
        assert {name: sees(model, viewer) for name, viewer in OUTSIDE.items()} == dict.fromkeys(OUTSIDE, shown), model
        assert sees(model, SECRETARIAT)


@pytest.mark.parametrize(("of_workshop", "of_session"), list(itertools.product(Disclosure.values, Disclosure.values)))
def test_names_are_told_only_where_workshop_and_session_are_on_the_record(of_workshop: str, of_session: str) -> None:
    """Even rows that no form would make (a session more open than its workshop) give nothing away."""
    workshop = WorkshopFactory(disclosure=of_workshop)
    session = SessionFactory(workshop=workshop, disclosure=of_session)
    ContributionFactory(workshop=workshop, session=session, source=SourceFactory())
    ParticipationFactory(workshop=workshop, attribution="named", source=SourceFactory())
    RoleFactory(workshop=workshop)
    RoleFactory(workshop=workshop, source=SourceFactory())
    for viewer in OUTSIDE.values():
        assert sees(Contribution, viewer) == (of_workshop == of_session == "on_record")
        assert sees(Participation, viewer) == (of_workshop == "on_record")
        sourced = {role.source_id is not None for role in WorkshopRole.objects.visible_to(viewer)}
        assert sourced == {"on_record": {True, False}, "chatham_house": {True}, "off_record": set()}[of_workshop]
    assert sees(Contribution, SECRETARIAT)


@pytest.mark.parametrize("ground", [None, "source", "consent"])
def test_a_person_is_named_by_consent_or_by_a_source_that_names_them(ground: str | None) -> None:
    ContributionFactory(
        source=SourceFactory() if ground == "source" else None,
        consent=ConsentFactory() if ground == "consent" else None,
    )
    for viewer in OUTSIDE.values():
        assert sees(Contribution, viewer) is (ground is not None)


@pytest.mark.parametrize(("attribution", "shown"), [("anonymous", False), ("organization_only", True), ("named", True)])
def test_taking_part_is_told_only_by_the_one_who_took_part(attribution: str, shown: bool) -> None:
    ParticipationFactory(attribution=attribution)
    assert sees(Participation, PUBLIC) is shown


def test_whoever_may_not_see_an_organization_does_not_see_it_in_a_workshop() -> None:
    for appearance in ("hidden", "members_only"):
        organization = OrganizationFactory(appearance=appearance)
        RoleFactory(organization=organization)
        ParticipationFactory(organization=organization)
        ContributionFactory(organization=organization, source=SourceFactory())
    for model in (WorkshopRole, Participation, Contribution):
        assert not sees(model, PUBLIC)
        names = {str(row.organization.appearance) for row in model.objects.visible_to(OUTSIDE["members"])}
        assert names == {"members_only"}


def test_what_is_off_the_record_takes_its_outputs_and_groups_along() -> None:
    workshop = WorkshopFactory()
    secret = SessionFactory(workshop=workshop, disclosure="off_record")
    group = WorkingGroupFactory(workshop=workshop, session=secret)
    OutputFactory(workshop=workshop, session=secret)
    OutputFactory(workshop=workshop, working_group=group)
    for model in (Session, WorkingGroup, Output):
        assert not sees(model, PUBLIC)
        assert sees(model, SECRETARIAT)


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [("participants", 4, False), ("participants", 5, True), ("experts", 1, False), ("countries", 2, True)],
)
def test_figures_about_fewer_than_five_people_are_not_shown(unit: str, value: int, shown: bool) -> None:
    FigureFactory(unit=unit, value=value)
    assert {name: sees(WorkshopFigure, viewer) for name, viewer in OUTSIDE.items()} == dict.fromkeys(OUTSIDE, shown)
    assert sees(WorkshopFigure, SECRETARIAT)


def test_latest_first_and_undated_last() -> None:
    WorkshopFactory(slug="old", starts_on="2019-10-10")
    WorkshopFactory(slug="undated", starts_on=None, date_precision="unknown")
    WorkshopFactory(slug="new", starts_on="2025-11-19")
    assert list(Workshop.objects.by_date().values_list("slug", flat=True)) == ["new", "old", "undated"]
