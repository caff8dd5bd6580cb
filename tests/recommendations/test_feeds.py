"""The feed of recommendations, word for word."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from tests.factories import (
    AddresseeFactory,
    PillarFactory,
    RecommendationFactory,
    SessionFactory,
    TerritoryFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/recommendations/feed.atom"
ATOM = {"": "http://www.w3.org/2005/Atom"}


def entries(client: Client) -> list[ET.Element]:
    return ET.fromstring(client.get(ADDRESS).content).findall("entry", ATOM)


def test_an_entry_has_the_whole_text_in_its_language(client: Client) -> None:
    text = "Gli Stati dovrebbero <formare> " + "gli insegnanti " * 20
    recommendation = RecommendationFactory(
        text=text, language="it", source__publisher="The Alliance", workshop=WorkshopFactory(title="Workshop in Rome")
    )
    AddresseeFactory(recommendation=recommendation)
    AddresseeFactory(recommendation=recommendation, kind="state", territory=TerritoryFactory())
    [entry] = entries(client)
    title = entry.findtext("title", "", ATOM)
    assert (len(title), title[:40]) == (120, "Gli Stati dovrebbero <formare> gli inseg")
    escaped = text.replace("<formare>", "&lt;formare&gt;")
    assert entry.findtext("summary", None, ATOM) == (
        f'<p><q lang="it">{escaped}</q></p><p>Made at: Workshop in Rome.</p><p>Addressed to: all States, Italy.</p>'
    )
    assert entry.findtext("author/name", None, ATOM) == "The Alliance"


def test_only_what_everybody_sees_is_in_it_whoever_asks(client: Client, sam: Any) -> None:
    workshop = WorkshopFactory()
    RecommendationFactory(text="open", workshop=workshop)
    RecommendationFactory(text="Canary", state="withdrawn")
    RecommendationFactory(text="Canary", workshop=WorkshopFactory(state="draft"))
    hidden = SessionFactory(workshop=workshop, disclosure="off_record")
    RecommendationFactory(text="Canary", workshop=workshop, session=hidden)
    client.force_login(sam)
    assert [entry.findtext("title", None, ATOM) for entry in entries(client)] == ["open"]


@pytest.mark.parametrize("item_count", [1, 3])
def test_it_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    for _ in range(item_count):
        recommendation, pillar = RecommendationFactory(workshop=WorkshopFactory()), PillarFactory()
        AddresseeFactory(recommendation=recommendation, kind="state", territory=TerritoryFactory())
        with change(by=None, what="test.linked"):
            recommendation.pillars.add(pillar)
    with django_assert_num_queries(6):  # one for the licence
        client.get(ADDRESS)
