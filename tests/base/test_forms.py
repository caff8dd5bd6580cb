from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from net4u.base.change import change
from net4u.base.forms import RecordForm
from net4u.base.models import JournalEntry
from people.models import User
from tests.factories import TerritoryFactory
from vocabulary.models import Territory

pytestmark = pytest.mark.django_db


class TerritoryForm(RecordForm):
    class Meta:
        model = Territory
        fields = ("name",)


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_stored() -> None:
    italy = TerritoryFactory()
    posted = {"name": "Mine", "version": str(italy.version)}
    with change(by=None, what="theirs"):
        italy.name = "Theirs"
        italy.save()
    form = TerritoryForm(posted, instance=Territory.objects.get())
    assert not form.is_valid()
    (message,) = form.non_field_errors()
    assert message == (
        "Somebody else changed this while you wrote. What you typed is still here. "
        "Compare it with what is stored now, then send it again to keep yours."
    )
    assert form["name"].value() == "Mine"
    assert form.theirs is not None
    assert str(form.theirs) == "Theirs"
    again = TerritoryForm({"name": "Mine", "version": form["version"].value()}, instance=Territory.objects.get())
    assert again.is_valid()
    with change(by=None, what="mine"):
        again.save()
    assert Territory.objects.get().name == "Mine"


def test_a_post_without_version_counts_as_stale() -> None:
    TerritoryFactory()
    assert not TerritoryForm({"name": "Mine"}, instance=Territory.objects.get()).is_valid()


def test_a_new_record_needs_no_version() -> None:
    assert TerritoryForm({"name": "New"}).is_valid()


# -- the admin goes through the same door --------------------------------------------------------------------


def territory_fields(territory: Territory, **changed: Any) -> dict[str, Any]:
    names = ("iso2", "iso3", "m49", "name", "subregion", "un_group", "note")
    fields = {name: getattr(territory, name) or "" for name in names}
    return fields | {"version": territory.version} | changed


def test_an_administrator_edits_a_territory_in_the_admin(client: Client, ada: User) -> None:
    italy = TerritoryFactory()
    client.force_login(ada)
    address = reverse("admin:vocabulary_territory_change", args=[italy.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, territory_fields(italy, eligible="on"))
    assert response.status_code == 302
    assert Territory.objects.get().eligible is True
    entry = JournalEntry.objects.order_by("-id")[0]
    assert (entry.what, entry.by, entry.diff) == ("admin.territory", ada, {"eligible": [False, True]})


def test_two_administrators_do_not_overwrite_each_other(client: Client, ada: User) -> None:
    italy = TerritoryFactory()
    with change(by=None, what="theirs"):
        Territory.objects.update(name="Theirs")
    client.force_login(ada)
    address = reverse("admin:vocabulary_territory_change", args=[italy.pk])
    response = client.post(address, territory_fields(italy, name="Mine"))
    assert response.status_code == 200
    assert "Somebody else changed this while you wrote." in response.content.decode()
    assert Territory.objects.get().name == "Theirs"


def test_a_curator_looks_and_changes_nothing(client: Client, sam: User) -> None:
    italy = TerritoryFactory()
    client.force_login(sam)
    address = reverse("admin:vocabulary_territory_change", args=[italy.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, territory_fields(italy, name="Mine")).status_code == 403
    assert Territory.objects.get().name == "Italy"


@pytest.mark.parametrize("actor", ["alice", "charlie"])
def test_the_admin_is_closed_to_organizations(actor: str, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(actor))
    assert client.get(reverse("admin:index")).status_code in {302, 403}


def test_deleting_in_the_admin_goes_through_the_door(client: Client, ada: User) -> None:
    italy = TerritoryFactory()
    client.force_login(ada)
    response = client.post(reverse("admin:vocabulary_territory_delete", args=[italy.pk]), {"post": "yes"})
    assert response.status_code == 302
    assert not Territory.objects.exists()
    assert JournalEntry.objects.filter(object_id=italy.pk, verb="deleted", by=ada).count() == 1
