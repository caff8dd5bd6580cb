"""Writing to the secretariat, and "something is wrong here"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from net4u.base.forms import ReportForm
from net4u.base.models import Record, Report, Tally
from tests.factories import (
    CommitmentFactory,
    DeclarationFactory,
    InstrumentFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    ResourceFactory,
    SessionFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

TEXT = "Where can my <b>organization</b> register?"


def stamp(ago: timedelta = timedelta(minutes=1)) -> str:
    with time_machine.travel(timezone.now() - ago):
        return ReportForm._stamp()


def filled(**fields: str) -> dict[str, str]:
    return {"kind": "joining", "text": TEXT, "name": "Mira", "email": "mira@example.org", "stamp": stamp()} | fields


def test_a_message_reaches_the_secretariat_and_its_reference_is_told(client: Client) -> None:
    response = client.post("/contact/", filled(), follow=True)
    (kept,) = Report.objects.all()
    assert (kept.kind, kept.text, kept.name, kept.email, kept.language, kept.about_kind, kept.about_id) == (
        "joining", TEXT, "Mira", "mira@example.org", "en", "", None,
    )  # fmt: skip
    assert response.redirect_chain == [("/contact/", 302)]
    assert (
        "Thank you. Your message reached the secretariat, which reads it within ten working days. "
        f"Its reference is {kept.reference}."
    ) in response.content.decode()


def test_nobody_has_to_say_who_they_are(client: Client) -> None:
    assert client.post("/contact/", filled(name="", email="")).status_code == 302
    assert Report.objects.get().email == ""


def test_the_page_says_that_this_is_no_place_to_report_a_crime(client: Client) -> None:
    content = client.get("/contact/").content.decode()
    for words in (
        "This is not a place to report a crime.",
        "In danger? Call 112, the European emergency number",
        "Do not send names of suspects or victims.",
        "Message and address are deleted 30 days after it was settled.",
    ):
        assert words in content


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": ""}, "This field is required."),
        ({"kind": "wrong_fact"}, "Select a valid choice."),
        ({"text": ""}, "This field is required."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"text": "a" * 5001}, "Ensure this value has at most 5000 characters (it has 5001)."),
        ({"website": "https://spam.example"}, "This field is a trap for machines."),
        ({"stamp": ""}, "This page was open for a long time. Send your message once more."),
        ({"stamp": "report:forged:forged"}, "This page was open for a long time. Send your message once more."),
    ],
)
def test_wrong_input_is_told_and_nothing_that_was_typed_is_lost(
    client: Client, wrong: dict[str, str], words: str
) -> None:
    given = filled(**wrong)
    content = client.post("/contact/", given).content.decode()
    assert words in content
    for typed in (given["text"], given["name"], given["email"]):
        assert typed.replace("<", "&lt;").replace(">", "&gt;") in content
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("ago", "status"),
    [(timedelta(seconds=1), 200), (timedelta(seconds=5), 302), (timedelta(hours=23), 302), (timedelta(days=2), 200)],
)
def test_nobody_is_so_fast_or_so_slow(client: Client, ago: timedelta, status: int) -> None:
    assert client.post("/contact/", filled(stamp=stamp(ago))).status_code == status


def test_after_a_long_time_sending_it_again_is_enough(client: Client) -> None:
    response = client.post("/contact/", filled(stamp=stamp(timedelta(days=2))))
    again = response.context["form"]["stamp"].value()
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert client.post("/contact/", filled(stamp=again)).status_code == 302


def test_signs_that_nobody_sees_are_left_out(client: Client) -> None:
    client.post("/contact/", filled(text="One\x00\x07\r\ntwo \u202egnp.exe\u202c\tthree", name="Mi\x1bra"))
    kept = Report.objects.get()
    assert (kept.text, kept.name) == ("One\ntwo gnp.exe\tthree", "Mira")


def test_one_address_may_send_so_many_a_day(client: Client, settings: LazySettings) -> None:
    settings.REPORTS_A_DAY = 2
    statuses = [client.post("/contact/", filled()).status_code for _ in range(2)]
    refused = client.post("/contact/", filled())
    elsewhere = client.post("/contact/", filled(), REMOTE_ADDR="192.0.2.7")
    assert [*statuses, refused.status_code, elsewhere.status_code] == [302, 302, 429, 302]
    content = refused.content.decode()
    assert "Too many messages came from your address today. Yours is still here: send it tomorrow." in content
    assert "Where can my &lt;b&gt;organization&lt;/b&gt; register?" in content
    assert Report.objects.count() == 3
    assert Tally.objects.count() == 2


def test_what_is_wrong_in_the_form_is_not_counted(client: Client) -> None:
    client.post("/contact/", filled(text=""))
    assert Tally.objects.count() == 0


# -- something is wrong here --------------------------------------------------------------------------------


def records() -> list[Record]:
    return [
        OrganizationFactory(), WorkshopFactory(), WorkingGroupFactory(), RecommendationFactory(), DeclarationFactory(),
        CommitmentFactory(), PillarFactory(), InstrumentFactory(), ResourceFactory(),
    ]  # fmt: skip


def test_every_record_leads_to_it_with_one_quiet_line(client: Client) -> None:
    for record in records():
        page = client.get(str(record.get_absolute_url()))
        found = re.findall(r'<a href="(/contact/wrong/[^"]+)" rel="nofollow">', page.content.decode())
        assert found == [f"/contact/wrong/{record._meta.model_name}/{record.pk}/"]
        content = client.get(found[0]).content.decode()
        assert "It is about" in content
        assert str(record) in content
        assert '<meta name="robots" content="noindex">' in content


def test_what_is_wrong_is_kept_with_its_record_and_leads_back_to_it(client: Client) -> None:
    commitment = CommitmentFactory()
    response = client.post(f"/contact/wrong/commitment/{commitment.pk}/", filled(kind="wrong_fact"), follow=True)
    kept = Report.objects.get()
    assert (kept.kind, kept.about_kind, kept.about_id) == ("wrong_fact", "commitment", commitment.pk)
    assert response.redirect_chain == [(commitment.get_absolute_url(), 302)]
    assert f"Its reference is {kept.reference}." in response.content.decode()


def test_somebody_at_risk_is_told_that_it_stands_on_top(client: Client) -> None:
    organization = OrganizationFactory()
    address = f"/contact/wrong/organization/{organization.pk}/"
    content = client.post(address, filled(kind="at_risk"), follow=True).content.decode()
    assert "Thank you. Your message stands on top of what the secretariat has to look at." in content
    assert Report.objects.get().is_urgent


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_record_that_its_reader_may_not_see_is_like_one_that_is_not_there(client: Client, method: str) -> None:
    hidden = [
        OrganizationFactory(appearance="hidden"), WorkshopFactory(state="draft"), RecommendationFactory(state="draft"),
        SessionFactory(disclosure="off_record"), CommitmentFactory(organization__appearance="members_only"),
    ]  # fmt: skip
    for record in hidden:
        kind = record._meta.model_name
        answers = [getattr(client, method)(f"/contact/wrong/{kind}/{pk}/", filled()) for pk in (record.pk, uuid4())]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert getattr(client, method)(f"/contact/wrong/user/{uuid4()}/").status_code == 404
    assert (Report.objects.count(), Tally.objects.count()) == (0, 0)


def test_its_own_people_may_write_about_what_others_do_not_see(client: Client, alice: Any, house: Any) -> None:
    client.force_login(alice)
    assert client.get(f"/contact/wrong/organization/{house.pk}/").status_code == 200
