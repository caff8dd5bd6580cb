"""Who sees which organization: all states, all appearances, every kind of viewer."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from net4u.base.states import Editorial
from net4u.base.viewers import PARTNERS, PUBLIC, SECRETARIAT, Audience, Viewer
from organizations.enums import Appearance, MembershipStatus
from organizations.models import Affiliation, Membership, Organization
from tests.factories import (
    AffiliationFactory,
    ConsentFactory,
    MembershipFactory,
    NetworkFactory,
    OrganizationFactory,
    SourceFactory,
    UserFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db

MEMBER = Viewer(Audience.MEMBERS)


def seen(organization: Organization, viewer: Viewer) -> bool:
    return Organization.objects.visible_to(viewer).filter(pk=organization.pk).exists()


@pytest.mark.parametrize("state", Editorial.values)
@pytest.mark.parametrize("appearance", Appearance.values)
@pytest.mark.parametrize("sharing", [False, True])
def test_visible_to(state: str, appearance: str, sharing: bool) -> None:
    organization = OrganizationFactory(state=state, appearance=appearance, sharing=sharing)
    published = state == "published"
    is_open = appearance in {"name_and_country", "public"}
    assert {
        "public": seen(organization, PUBLIC),
        "partners": seen(organization, PARTNERS),
        "member": seen(organization, MEMBER),
        "own": seen(organization, Viewer(Audience.PUBLIC, organizations=frozenset({organization.pk}))),
        "secretariat": seen(organization, SECRETARIAT),
    } == {
        "public": published and is_open,
        "partners": published and (is_open or (sharing and appearance != "hidden")),
        "member": published and appearance != "hidden",
        "own": True,
        "secretariat": True,
    }


@pytest.mark.parametrize("appearance", Appearance.values)
@pytest.mark.parametrize("sharing", [False, True])
def test_the_profile_is_shown_to_the_same_people_by_queryset_and_by_object(appearance: str, sharing: bool) -> None:
    organization = OrganizationFactory(appearance=appearance, sharing=sharing)
    own = Viewer(Audience.PUBLIC, organizations=frozenset({organization.pk}))
    for viewer in (PUBLIC, PARTNERS, MEMBER, SECRETARIAT, own):
        if not seen(organization, viewer):
            continue
        listed = Organization.objects.with_profile_for(viewer).filter(pk=organization.pk).exists()
        assert listed == organization.shows_profile_to(viewer), viewer
    assert organization.shows_profile_to(PUBLIC) == (appearance == "public")


def test_standing_is_told_where_the_organization_is_seen_and_no_further() -> None:
    network = NetworkFactory()
    combinations = itertools.product(MembershipStatus.values, ["public", "members_only"], [None, "source", "consent"])
    told = set()
    for status, appearance, ground in combinations:
        membership = MembershipFactory(
            organization=OrganizationFactory(appearance=appearance),
            network=network,
            status=status,
            source=SourceFactory() if ground == "source" else None,
            consent=ConsentFactory() if ground == "consent" else None,
        )
        if Membership.objects.visible_to(PUBLIC).filter(pk=membership.pk).exists():
            told.add((status, appearance, ground))
        own = Viewer(Audience.PUBLIC, organizations=frozenset({membership.organization_id}))
        assert Membership.objects.visible_to(own).filter(pk=membership.pk).exists()
    assert told == {
        ("member", "public", None), ("member", "public", "source"), ("member", "public", "consent"),
        ("observer", "public", None), ("observer", "public", "source"), ("observer", "public", "consent"),
        ("considering", "public", "source"), ("considering", "public", "consent"),
    }  # fmt: skip


def test_belonging_counts_members_and_observers_only() -> None:
    for status in MembershipStatus.values:
        MembershipFactory(status=status, organization__slug=status)
    assert set(Organization.objects.belonging().values_list("slug", flat=True)) == {"member", "observer"}


@pytest.mark.parametrize(
    ("since", "until", "current"),
    [("2026-03-01", None, True), ("2026-03-31", None, True), ("2026-04-01", None, False),
     ("2026-01-01", "2026-03-31", True), ("2026-01-01", "2026-03-30", False)],
)  # fmt: skip
def test_an_affiliation_counts_from_its_first_to_its_last_day(since: str, until: str | None, current: bool) -> None:
    day = date(2026, 3, 31)
    affiliation = AffiliationFactory(since=since, until=until, person=UserFactory())
    assert Affiliation.objects.current(on=day).exists() is current
    expected = frozenset({affiliation.organization_id}) if current else frozenset()
    assert Affiliation.objects.organizations_of(affiliation.person, on=day) == expected
