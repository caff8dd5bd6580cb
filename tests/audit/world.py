"""What the pages of the audit are about: records of the portal's database, and who is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import time_machine

from tests.audit.portal import NOW

#: Accounts of the demonstration, by what they are.
ADMIN, EDITOR, PERSON, CURATOR, ADMINISTRATOR, CAREFUL = "alice", "bob", "nora", "sam", "ada", "vera"
#: New accounts for the journeys in which organizations join: a founder and a colleague for each.
NEWCOMERS = tuple(f"newcomer{number}" for number in range(8))
READERS = (ADMIN, EDITOR, PERSON, CURATOR, ADMINISTRATOR, CAREFUL, *NEWCOMERS)
#: How long after the start they still count as having just typed their password.
FRESH_SECONDS = 24 * 60 * 60
URGENT, SETTLED = "The address of the house is told here, and it must not be.", "A comma is missing."
UNCONFIRMED = "nora.field@example.org"
#: The title of a workshop that is not published yet.
DRAFT = "Three days at the harbour"


class World(Protocol):
    """What the table of pages asks for."""

    password: str

    def commitment(self, key: str) -> str: ...
    def recommendation(self, key: str) -> str: ...
    def recorded(self, number: int) -> str: ...
    def commitment_id(self, key: str) -> str: ...
    def recommendation_id(self, key: str) -> str: ...
    def choices(self) -> dict[str, str]: ...
    def mail(self) -> str: ...
    def confirmation_key(self) -> str: ...
    def reset_key(self) -> tuple[str, str]: ...
    def message(self, words: str) -> str: ...
    def given_up(self) -> int: ...
    def link_to_report(self, key: str) -> str: ...
    def link_to_drafts(self) -> str: ...
    def affiliation(self, reader: str) -> int: ...
    def registration(self) -> str: ...
    def invitation(self) -> str: ...
    def organization(self, slug: str) -> str: ...
    def submitted(self) -> str: ...
    def claim(self) -> str: ...
    def profile_change(self) -> str: ...
    def saved_view(self) -> int: ...
    def workspace(self, part: str) -> str: ...
    def import_run(self, state: str) -> str: ...
    def passkey(self) -> int: ...
    def link_of(self, commitment: str, reader: str) -> str: ...
    def reference(self, commitment: str) -> str: ...
    def error_page(self, status: int, language: str) -> str: ...
    def styleguide(self, name: str, language: str) -> str: ...


class Loaded:
    """Of the running portal. Everything is read, and the little that is missing written, before anybody looks."""

    def __init__(self) -> None:
        from net4u.site.demo.network import SEED
        from net4u.site.demo.people import accounts_file
        from net4u.site.demo.story import Story

        self.story = Story(SEED, NOW.date())
        first = accounts_file().read_text(encoding="utf-8").splitlines()[0]
        self.password = first.rpartition(" ")[2]
        with time_machine.travel(NOW, tick=True):
            self._second_factor()
            self._unconfirmed_address()
            self._mail()
            self._messages()
            self._waiting()
            self._newcomers()
            self._draft()
            self._saved_view()
            self._imports()
            self.cookies = {reader: self._session(reader) for reader in READERS}

    # -- records ------------------------------------------------------------------------------------------------

    def commitment(self, key: str) -> str:
        from commitments.models import Commitment

        return str(self.story.named(Commitment, key).reference)

    def commitment_id(self, key: str) -> str:
        from commitments.models import Commitment

        return str(self.story.id(Commitment, key))

    def recommendation(self, key: str) -> str:
        from recommendations.models import Recommendation

        return str(self.story.named(Recommendation, key).reference)

    def recommendation_id(self, key: str) -> str:
        from recommendations.models import Recommendation

        return str(self.story.id(Recommendation, key))

    def forget_limits(self) -> None:
        """How often somebody sent something is counted in the cache, which holds nothing else that a page needs."""
        from django.core.cache import cache

        cache.clear()

    def choices(self) -> dict[str, str]:
        """What a form offers, by the names the public record has for it."""
        from organizations.models import Organization
        from vocabulary.models import Pillar, Source

        return {
            name: str(pk)
            for model, column in ((Source, "slug"), (Organization, "slug"), (Pillar, "code"))
            for name, pk in model.objects.values_list(column, "pk")
        }

    def recorded(self, number: int) -> str:
        """The reference of a recommendation of the public record."""
        from recommendations.models import Recommendation

        real = Recommendation.objects.filter(is_demonstration=False).order_by("reference")
        return str(real[number].reference)

    # -- accounts -----------------------------------------------------------------------------------------------

    def _session(self, reader: str) -> dict[str, str]:
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        person, store = self.person(reader), SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        at = NOW.timestamp() + FRESH_SECONDS
        store["account_authentication_methods_user"] = str(person.pk)
        store["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
        store.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": str(store.session_key)}

    def person(self, reader: str) -> Any:
        from people.models import User

        return User.objects.get(email=f"{reader}@example.org")

    def _second_factor(self) -> None:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        person = self.person(CAREFUL)
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)

    def _unconfirmed_address(self) -> None:
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=self.person(PERSON), email=UNCONFIRMED, verified=False, primary=False)

    def _mail(self) -> None:
        from django.core.mail import send_mail

        words = "This mail was written for the audit.\n\nhttp://localhost:8000/accounts/confirm-email/a-key/\n"
        send_mail("Confirm your address", words, None, [UNCONFIRMED])

    def mail(self) -> str:
        from django.conf import settings

        from net4u.site.mailbox import mails

        return next(mails(settings.EMAIL_FILE_PATH)).name

    def confirmation_key(self) -> str:
        from allauth.account.models import EmailAddress, EmailConfirmationHMAC

        return str(EmailConfirmationHMAC(EmailAddress.objects.get(email=UNCONFIRMED)).key)

    def reset_key(self) -> tuple[str, str]:
        from allauth.account.forms import default_token_generator
        from allauth.account.utils import user_pk_to_url_str

        with time_machine.travel(NOW, tick=True):
            person = self.person(PERSON)
            return str(user_pk_to_url_str(person)), str(default_token_generator.make_token(person))

    # -- what waits for the secretariat -------------------------------------------------------------------------

    def _messages(self) -> None:
        from commitments.models import Commitment
        from net4u.base.models import OutboxMessage, Report
        from net4u.base.reports import file_report, settle_report

        about = self.story.id(Commitment, "register")
        wrong = Report(kind="wrong_fact", about_kind="commitment", about_id=about, text=URGENT, email=UNCONFIRMED)
        settled = Report(kind="other", text=SETTLED, name="Nora Field")
        for report in (Report(kind="at_risk", text=URGENT), wrong, settled):
            file_report(report=report)
        settle_report(report=settled, words="Thank you, it is mended.", by=self.person(CURATOR))
        OutboxMessage.objects.create(key="reminder:audit", kind="mail", attempts=9, gave_up_at=NOW, error="No such box")

    def message(self, words: str) -> str:
        from net4u.base.models import Report

        return str(Report.objects.filter(text=words).order_by("about_kind").last().pk)

    def given_up(self) -> int:
        from net4u.base.given_up import given_up

        return given_up().get().pk

    # -- what organizations wait for ----------------------------------------------------------------------------

    def _waiting(self) -> None:
        """A registration half written, an invitation, a claim, a change of a profile, a promise that was sent."""
        from allauth.mfa.models import Authenticator

        from commitments.services import begin_commitment, submit_commitment
        from organizations import services
        from organizations.models import Organization

        house, editor = Organization.objects.get(slug="second-house-cooperative"), self.person(EDITOR)
        new = Organization(legal_name="Lighthouse for parents", kind="civil_society")
        services.begin_registration(organization=new, by=self.person(CAREFUL))
        services.save_step(organization=new, numbers=[("EU-TR", "123456789012-34")], by=self.person(CAREFUL))
        services.invite(organization=new, email="second@example.org", by=self.person(CAREFUL))
        services.invite(organization=house, email=f"{PERSON}@example.org", by=self.person(ADMIN))
        known = Organization.objects.get(slug="unicri")
        services.make_claim(organization=known, words="I keep the library there.", by=self.person(PERSON))
        house.legal_name = "Cooperativa Terza Casa"
        services.save_profile(organization=house, numbers=[("other", "Book 7")], by=editor)
        sent = begin_commitment(
            organization=house, title="Open the house on Sundays", due_on=NOW.date() + timedelta(days=200),
            language="en", by=editor,
        )  # fmt: skip
        submit_commitment(commitment=sent, by=editor)
        Authenticator.objects.create(
            user=self.person(ADMINISTRATOR), type="webauthn", data={"name": "My phone", "credential": {}}
        )

    def _newcomers(self) -> None:
        from allauth.account.models import EmailAddress

        from people.models import User

        for name in NEWCOMERS:
            person = User.objects.create_user(f"{name}@example.org", name=name.capitalize())
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    def link_of(self, commitment: str, reader: str) -> str:
        """Made while browsers run: nobody may travel in time then, their clocks would go along."""
        from people.links import make_link

        person = self.person(reader)
        return _token(make_link(purpose="report", about=UUID(commitment), person=person, lasts=timedelta(days=9)))

    def reference(self, commitment: str) -> str:
        from commitments.models import Commitment

        return str(Commitment.objects.get(pk=commitment).reference)

    def organization(self, slug: str) -> str:
        from organizations.models import Organization

        return str(Organization.objects.get(slug=slug).pk)

    def registration(self) -> str:
        from organizations.models import Organization

        return str(Organization.objects.get(legal_name="Lighthouse for parents").pk)

    def affiliation(self, reader: str) -> int:
        return int(self.person(reader).affiliations.get().pk)

    def invitation(self) -> str:
        from organizations.models import Invitation

        return str(Invitation.objects.get(email=f"{PERSON}@example.org").pk)

    def submitted(self) -> str:
        from commitments.models import Commitment

        return str(Commitment.objects.get(title="Open the house on Sundays").pk)

    def claim(self) -> str:
        from organizations.models import Claim

        return str(Claim.objects.get(words="I keep the library there.").pk)

    def profile_change(self) -> str:
        from organizations.models import ProfileChange

        return str(ProfileChange.objects.get().pk)

    def saved_view(self) -> int:
        from organizations.models import SavedView

        return SavedView.objects.get(name="Before the conference").pk

    def _saved_view(self) -> None:
        from organizations.models import SavedView

        curator = self.person(CURATOR)
        given = {"page": "follow_up", "query": "due=overdue", "name": "Before the conference", "shared": True}
        SavedView.objects.get_or_create(person=curator, **given)

    def _draft(self) -> None:
        """A workshop that the secretariat is writing down: an agenda of three days, and two outputs."""
        from workshops.enums import OutputKind
        from workshops.models import Workshop
        from workshops.services import begin_workshop, capture_outputs

        rome, by = Workshop.objects.get(slug="rome-2025"), self.person(CURATOR)
        days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=2), "time_zone": "Europe/Rome"}
        draft = Workshop(title=DRAFT, kind="training", place="Genoa", source=rome.source, **days)
        begin_workshop(workshop=draft, like=rome, by=by)
        lines = "- Open the houses on Sundays, to everybody who lives near them\n- Train teachers"
        capture_outputs(workshop=draft, text=lines, kind=OutputKind.PROPOSAL, source=rome.source, by=by)

    def workspace(self, part: str) -> str:
        """Of the draft of a workshop: its own id, or that of its first session or output."""
        from workshops.models import Workshop

        workshop = Workshop.objects.get(title=DRAFT)
        rows: Any = {"session": workshop.sessions, "output": workshop.outputs}.get(part)
        return str(rows.first().pk if rows is not None else workshop.pk)

    def _imports(self) -> None:
        """A list of participants of the draft, in each state in which somebody looks at it."""
        from net4u.base.models import ImportRow, ImportRun
        from workshops.models import Workshop

        workshop = Workshop.objects.get(title=DRAFT)
        for state in ("uploaded", "checking", "checked", "done"):
            run = ImportRun.objects.create(
                kind="participants", about=workshop.pk, by=self.person(CURATOR), file_name=f"{state}.csv", state=state,
                header=["Name", "Organization"], mapping=["name", "organization"], total=3, done=2,
                # Nobody takes it up while it is looked at.
                lease_until=NOW + timedelta(days=365),
                result={"delegates": 3, "changed": 0, "left_out": 0} if state == "done" else {},
            )  # fmt: skip
            for number, verdict in enumerate(("create", "refuse", "match"), 2) if state != "done" else ():
                reasons = ["There is no country “Atlantis”."] if verdict == "refuse" else []
                cells = [f"Person {number}", "Harbour Association of Friends of the Old Town"]
                ImportRow.objects.create(run=run, number=number, cells=cells, verdict=verdict, reasons=reasons)

    def import_run(self, state: str) -> str:
        from net4u.base.models import ImportRun

        return str(ImportRun.objects.get(state=state).pk)

    def passkey(self) -> int:
        from allauth.mfa.models import Authenticator

        return int(Authenticator.objects.get(type="webauthn").pk)

    def link_to_report(self, key: str) -> str:
        from commitments.models import Commitment
        from people.links import make_link

        about = self.story.id(Commitment, key)
        with time_machine.travel(NOW, tick=True):
            return _token(make_link(purpose="report", about=about, person=self.person(EDITOR), lasts=timedelta(days=9)))

    def link_to_drafts(self) -> str:
        from commitments.models import PendingDraft
        from people.links import make_link
        from workshops.models import WorkingGroup

        group = WorkingGroup.objects.get(workshop__slug="demonstration-follow-up", code="p4")
        email = f"{PERSON}@example.org"
        with time_machine.travel(NOW, tick=True):
            pending = PendingDraft.objects.create(working_group=group, email=email, texts={"short": "Open the house."})
            return _token(make_link(purpose="drafts", about=pending.pk, email=email, lasts=timedelta(days=1)))

    # -- pages without an address -------------------------------------------------------------------------------

    def error_page(self, status: int, language: str) -> str:
        """What no address of a sound portal answers."""
        from django.shortcuts import render
        from django.utils import translation
        from django.views import defaults

        with translation.override(language):
            if status == 500:
                return str(defaults.server_error(_request("/")).content.decode())
            if status == 429:
                return render(_request("/"), "429.html").content.decode()
            return str(defaults.bad_request(_request("/"), exception=Exception()).content.decode())

    def styleguide(self, name: str, language: str) -> str:
        """Routed for developers only; here for all states of all components, in both directions."""
        from django.utils import translation

        from net4u.site import styleguide

        with translation.override(language):
            answer: Any = getattr(styleguide, name).as_view()(_request("/styleguide/"))
            return str(answer.render().content.decode())


def _token(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _request(path: str) -> Any:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from net4u.base.viewers import PUBLIC

    request: Any = RequestFactory(headers={"host": "localhost"}).get(path)
    request.user, request.viewer, request.session = AnonymousUser(), PUBLIC, {}
    return request


def languages() -> list[str]:
    from django.conf import settings

    return [code for code, _name in settings.LANGUAGES]


def localized(path: str, language: str) -> str:
    """The address of the same page in a language; nothing where it has but one."""
    from django.conf import settings
    from django.urls import Resolver404, resolve, translate_url
    from django.utils import translation

    if language == settings.LANGUAGE_CODE:
        return path
    with translation.override(settings.LANGUAGE_CODE):
        try:
            resolve(path.partition("?")[0])
        except Resolver404:
            return f"/{language}{path}"
        there = translate_url(path, language)
    return there if there != path else ""
