"""Questions that the secretariat asks often stand under a name above their list."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from net4u.base.personal import everything_about
from net4u.base.states import NotAllowed
from organizations.models import SavedView
from organizations.services import drop_view, keep_view
from people.models import User
from people.services import erase_account
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LIST = "/secretariat/follow-up/"
VIEWS = "/secretariat/views/follow_up/"


@pytest.fixture
def rita() -> User:
    return UserFactory(email="rita@example.org", name="Rita", secretariat_role="curator")


def kept(person: User, name: str = "Late ones", *, shared: bool = False) -> SavedView:
    view = SavedView(person=person, page="follow_up", name=name, query="due=overdue", shared=shared)
    return keep_view(view=view, by=person)


def offered(client: Client, path: str = LIST) -> list[tuple[str, str, bool, str]]:
    return [tuple(each) for each in client.get(path).context["offered_views"]]


def test_the_filters_in_use_are_kept_under_a_name_and_nothing_else_is(as_sam: Client, sam: User) -> None:
    page = as_sam.get(f"{LIST}?silent=90&country=&due=overdue&utm=x").content.decode()
    assert f'href="{VIEWS}new/?due=overdue&amp;silent=90"' in page
    response = as_sam.post(f"{VIEWS}new/?silent=90&page=2&due=overdue&utm=x&verify=never", {"name": "Late and silent"})
    assert response["Location"] == f"{LIST}?due=overdue&silent=90"
    view = SavedView.objects.get()
    assert (view.person, view.page, view.name, view.query, view.shared) == (
        sam, "follow_up", "Late and silent", "due=overdue&silent=90", False,
    )  # fmt: skip
    address = f"{LIST}?due=overdue&silent=90"
    assert offered(as_sam) == [("Late and silent", address, False, "")]
    assert offered(as_sam, f"{LIST}?silent=90&due=overdue") == [("Late and silent", address, True, "")]


def test_without_a_filter_there_is_nothing_to_keep(as_sam: Client) -> None:
    assert "Keep these filters" not in as_sam.get(LIST).content.decode()
    assert as_sam.post(f"{VIEWS}new/?due=never", {"name": "Nothing"})["Location"] == LIST
    assert not SavedView.objects.exists()


def test_a_name_is_given_and_given_once(as_sam: Client, sam: User) -> None:
    kept(sam)
    for name, words in (("", "This field is required."), ("Late ones", "You have a saved view of this name.")):
        assert words in as_sam.post(f"{VIEWS}new/?due=30", {"name": name}).content.decode()
    assert SavedView.objects.count() == 1


def test_what_is_shared_is_seen_by_the_others_and_stays_its_owners(as_sam: Client, sam: User, rita: User) -> None:
    shared, own = kept(rita, shared=True), kept(rita, "Mine alone")
    assert offered(as_sam) == [("Late ones", f"{LIST}?due=overdue", False, "Rita")]
    for view in (shared, own):
        for data in ({"name": "Taken"}, {"delete": "1"}):
            assert as_sam.post(f"{VIEWS}{view.pk}/", data).status_code == 404
        with pytest.raises(NotAllowed):
            drop_view(view=view, by=sam)
        with pytest.raises(NotAllowed):
            keep_view(view=view, by=sam)
    assert as_sam.get(VIEWS).context["views"] == []
    assert SavedView.objects.count() == 2


def test_it_is_renamed_shared_and_deleted(as_sam: Client, sam: User) -> None:
    view = kept(sam)
    assert [row for row, _address in as_sam.get(VIEWS).context["views"]] == [view]
    as_sam.post(f"{VIEWS}{view.pk}/", {"name": "Overdue", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared, view.query) == ("Overdue", True, "due=overdue")
    assert "“Overdue” is deleted." in as_sam.post(f"{VIEWS}{view.pk}/", {"delete": "1"}, follow=True).content.decode()
    assert not SavedView.objects.exists()


def test_an_administrator_takes_away_what_somebody_shared_and_left(client: Client, rita: User) -> None:
    shared, own = kept(rita, shared=True), kept(rita, "Mine alone")
    client.force_login(UserFactory(secretariat_role="administrator"))
    assert client.post(f"{VIEWS}{shared.pk}/", {"delete": "1"}).status_code == 302
    assert client.post(f"{VIEWS}{own.pk}/", {"delete": "1"}).status_code == 404
    assert SavedView.objects.get() == own


def test_it_is_in_the_persons_data_and_goes_with_them(rita: User) -> None:
    view = kept(rita)
    (told,) = everything_about(rita)["views_you_saved"]
    assert told == {
        "page": "follow_up", "name": "Late ones", "query": "due=overdue", "shared": False, "made_at": view.made_at,
    }  # fmt: skip
    erase_account(user=rita)
    assert not SavedView.objects.exists()


def test_the_database_refuses_a_second_one_of_the_same_name(sam: User) -> None:
    kept(sam)
    with pytest.raises(ValidationError, match="Take another name"):
        kept(sam)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_views_asks_the_same_number_of_queries(
    as_sam: Client, sam: User, django_assert_num_queries: object, number: int
) -> None:
    for each in range(number):
        kept(sam, str(each))
    with django_assert_num_queries(6):  # type: ignore[operator]
        as_sam.get(VIEWS)


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("charlie", 403), ("sam", 200), ("ada", 200)]
)
def test_nobody_else_sees_them(
    client: Client, request: pytest.FixtureRequest, rita: User, person: str | None, status: int
) -> None:
    view = kept(rita, "A canary", shared=True)
    if person == "ada":
        client.force_login(UserFactory(secretariat_role="administrator"))
    elif person:
        client.force_login(request.getfixturevalue(person))
    for path in (VIEWS, f"{VIEWS}new/?due=overdue", LIST):
        assert client.get(path).status_code == status
    if status != 200:
        assert "A canary" not in client.get(VIEWS).content.decode()
        for path in (f"{VIEWS}new/?due=overdue", f"{VIEWS}{view.pk}/"):
            assert client.post(path, {"name": "x", "delete": "1"}).status_code == status
        assert SavedView.objects.count() == 1


def test_a_list_that_keeps_nothing_is_not_found(as_sam: Client) -> None:
    assert as_sam.get("/secretariat/views/secretariat/").status_code == 404
