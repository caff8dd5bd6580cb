"""People of the demonstration: an account for each role to sign in with, an administrator for each organization."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings

from net4u.site.demo.story import Facts, Story
from organizations.enums import AffiliationRole
from organizations.models import Organization
from organizations.services import affiliate
from people.enums import SecretariatRole
from people.models import User


class Account(NamedTuple):
    """Somebody to sign in as. ``since`` and ``until`` are days before today."""

    name: str
    words: str
    organization: str = ""
    role: str = ""
    until: int | None = None
    secretariat: SecretariatRole = SecretariatRole.NONE

    @property
    def key(self) -> str:
        return self.name.split()[0].lower()

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


HOUSE, SIGNAL = "second-house-cooperative", "clear-signal-institute"
ACCOUNTS = (
    Account("Alice Meadow", "administrator of Second House Cooperative", HOUSE, AffiliationRole.ADMIN),
    Account("Bob Ferry", "editor of Second House Cooperative", HOUSE, AffiliationRole.EDITOR),
    Account("Vera Stone", "viewer of Second House Cooperative", HOUSE, AffiliationRole.VIEWER),
    Account(
        "Frank Mill", "editor of Second House Cooperative until two months ago", HOUSE, AffiliationRole.EDITOR, -60
    ),
    Account("Charlie Bell", "administrator of Clear Signal Institute", SIGNAL, AffiliationRole.ADMIN),
    Account("Nora Field", "somebody without an organization"),
    Account("Sam Quill", "curator of the secretariat", secretariat=SecretariatRole.CURATOR),
    Account("Ada North", "administrator of the secretariat", secretariat=SecretariatRole.ADMINISTRATOR),
)
FILE = "demo-accounts.txt"


class AccountTaken(Exception):
    """Somebody has an account at an address that the demonstration would use."""


def open_accounts(story: Story, organizations: list[Facts]) -> str:
    """Everybody of the demonstration, verified. Those of :data:`ACCOUNTS` get one new password, which is returned;
    nobody can sign in as the others.
    """
    names = [account.name for account in ACCOUNTS] + [facts["admin"] for facts in organizations if "admin" in facts]
    addresses = {name: address(name) for name in names}
    if taken := User.objects.filter(email__in=addresses.values()).order_by("email").first():
        raise AccountTaken(f"{taken.email} has an account already. The demonstration needs this address for itself.")
    password = secrets.token_urlsafe(12)
    for name, email in addresses.items():
        story.people[name] = _open(story, name, email)
    for account in ACCOUNTS:
        person = story.people[account.key] = story.people[account.name]
        person.secretariat_role = account.secretariat
        person.set_password(password)
        person.save(update_fields=["secretariat_role", "password"])
    return password


def address(name: str) -> str:
    """``alice@…`` for the accounts of the roles, ``luisa.bridge@…`` for all others."""
    known = {account.name: account.email for account in ACCOUNTS}
    return known.get(name) or f"{name.lower().replace(' ', '.')}@example.org"


def _open(story: Story, name: str, email: str) -> User:
    person = User.objects.create_user(email, id=story.id(User, email), name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def join(story: Story, organization: Organization, facts: Facts) -> User:
    """Let its people act for an organization; returns its administrator."""
    members = [account for account in ACCOUNTS if account.organization == organization.slug]
    if "admin" in facts:
        members.append(Account(facts["admin"], "", organization.slug, AffiliationRole.ADMIN))
    for account in members:
        affiliation = affiliate(
            person=story.people[account.name], organization=organization, role=account.role, by=None
        )
        days = story.days(organization.slug)
        affiliation.since = days.on(-310)
        affiliation.until = None if account.until is None else days.on(account.until)
        affiliation.save()
    return administrator(story, organization.slug, facts)


def administrator(story: Story, slug: str, facts: Facts) -> User:
    name = facts.get("admin") or next(each.name for each in ACCOUNTS if each.organization == slug)
    return story.people[name]


def keep(password: str) -> str:
    """The accounts as a text, written to the data folder for this user alone; returns the text."""
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.words}" for account in ACCOUNTS]
    text = "\n".join([f"Accounts of the demonstration, all with the password {password}", *lines, ""])
    path = accounts_file()
    path.unlink(missing_ok=True)  # a file that was there keeps its mode
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return text


def accounts_file() -> Path:
    folder: Path = settings.DATA_DIR
    return folder / FILE
