"""Random words planted where somebody may not look; whoever finds one in an answer has found a leak."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from modeltranslation.fields import TranslationField

#: Letters only: a canary fits into a slug, an address, an e-mail address and JSON, and survives lower().
SIGN = "zqj"
LENGTH = 12
#: Ids of hidden records are canaries, too.
UUID_SIGN = "ca9a71ec"
FOUND = re.compile(
    rf"{SIGN}[a-z]{{{LENGTH - len(SIGN)}}}|{UUID_SIGN}-?[0-9a-f]{{4}}(?:-?[0-9a-f]{{4}}){{2}}-?[0-9a-f]{{12}}"
)

#: Whose text columns must hold a canary somewhere, unless they are declared public below.
APPS = ("base", "vocabulary", "people", "organizations", "workshops", "recommendations", "commitments", "partners",
        "account", "mfa")  # fmt: skip

#: Models of which everything is public: word lists, and facts that are listed with their published source.
PUBLIC_MODELS = {
    "vocabulary.Source", "vocabulary.PillarScheme", "vocabulary.Pillar", "vocabulary.Theme", "vocabulary.Instrument",
    "vocabulary.Provision", "vocabulary.Reference", "vocabulary.SdgTarget", "vocabulary.Territory",
    "organizations.RegionalNetwork", "organizations.EditableText", "workshops.Resource",
}  # fmt: skip
#: Columns that hold codes of ours or what is published anyway, and nothing that anybody wrote.
PUBLIC_FIELDS = {
    "base.ChangeCounter.site_url", "base.ChangeCounter.written_by",
    "base.Document.kind", "base.Document.text", "base.Document.digest", "base.Document.search",  # swept as documents
    "base.JournalEntry.what", "base.JournalEntry.model",
    "base.JournalEntry.diff",  # before and after of columns that hold canaries themselves
    "base.OutboxMessage.kind",
    "base.InboxClaim.kind", "base.InboxClaim.item",  # codes, and ids that are canaries where they are secret
    "base.ReferenceSeries.prefix", "base.Reminder.kind",
    "base.ImportRun.kind", "base.ImportRun.mapping", "base.ImportRun.result",  # codes and numbers
    "base.Report.about_kind", "base.Report.language",
    "base.Tally.key",  # a hash
    "people.User.language", "people.User.time_zone", "workshops.Workshop.time_zone",
    "people.Consent.subject_kind", "people.Consent.text_version",
    "organizations.Organization.mission_language",
    "organizations.NetworkSettings.remind_before", "organizations.NetworkSettings.remind_after",  # numbers of days
    "organizations.NetworkSettings.data_controller", "organizations.NetworkSettings.data_licence",  # on every page
    "organizations.SavedView.page", "organizations.SavedView.query",  # codes of ours
    "recommendations.Recommendation.language", "recommendations.Answer.language",
    "commitments.Commitment.language", "commitments.ProgressUpdate.language",
}  # fmt: skip


def word() -> str:
    return SIGN + "".join(secrets.choice(string.ascii_lowercase) for _ in range(LENGTH - len(SIGN)))


def identity() -> UUID:
    return UUID(UUID_SIGN + secrets.token_hex(12))


def in_text(text: str) -> set[str]:
    """All canaries in an answer, ids in one spelling."""
    return {each.replace("-", "") for each in FOUND.findall(text.lower())}


def text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Columns people could write into; of a translated one, the column of each language."""
    translated = {each.translated_field.name for each in model._meta.fields if isinstance(each, TranslationField)}
    for each in model._meta.concrete_fields:
        wanted = isinstance(each, models.CharField | models.TextField | models.JSONField)
        if wanted and not each.choices and each.name not in translated:
            yield each


def name_of(model: type[models.Model], column: str) -> str:
    return f"{model._meta.label}.{column}"


def private_fields() -> set[str]:
    """Generated: every text column of every model in :data:`APPS` that nobody declared public."""
    return {
        name_of(model, each.name)
        for model in apps.get_models()
        if model._meta.app_label in APPS and model._meta.label not in PUBLIC_MODELS
        for each in text_fields(model)
    } - PUBLIC_FIELDS


@dataclass
class Canaries:
    """What was planted where, and who may find it: names of actors and of the audiences of documents."""

    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)

    def plant(self, column: str, allowed: Iterable[str]) -> str:
        found = word()
        self._keep(found, column, allowed)
        return found

    def identity(self, model: type[models.Model], allowed: Iterable[str]) -> UUID:
        found = identity()
        self._keep(found.hex, name_of(model, "id"), allowed)
        return found

    def _keep(self, found: str, column: str, allowed: Iterable[str]) -> None:
        self.allowed[found], self.where[found] = frozenset(allowed), column
        self.planted.add(column)

    def filled(self, model: type[models.Model], allowed: Iterable[str], **given: Any) -> dict[str, Any]:
        """Values for a hidden row: a canary in its id and in each text column that is not given."""
        allowed = frozenset(allowed)
        values: dict[str, Any] = {}
        if isinstance(model._meta.pk, models.UUIDField) and "id" not in given:
            values["id"] = self.identity(model, allowed)
        for each in text_fields(model):
            column = name_of(model, each.name)
            if column not in PUBLIC_FIELDS and each.name not in given:
                values[each.name] = _shaped(each, self.plant(column, allowed))
        return values | given

    def one_of_each(self, *, hidden_from: str) -> Iterator[tuple[str, str]]:
        """A canary of each column and degree of secrecy, with its column."""
        found = {(self.where[each], allowed): each for each, allowed in self.allowed.items()}
        return ((each, where) for (where, allowed), each in found.items() if hidden_from not in allowed)

    def unplanted(self) -> list[str]:
        """Private columns without a canary: a new column fails here until it is planted or declared public."""
        return sorted(private_fields() - self.planted)

    def leaks(self, text: str, *, to: str, given: str = "") -> set[str]:
        """Canaries that this reader may not see; those the request itself brought along do not count.

        A random token can look like a canary: only words that were planted do count.
        """
        found = (in_text(text) - in_text(given)) & self.allowed.keys()
        return {each for each in found if to not in self.allowed[each]}


def _shaped(column: models.Field[Any, Any], canary: str) -> Any:
    if isinstance(column, models.JSONField):
        return [canary]
    if isinstance(column, models.URLField):
        return f"https://{canary}.example/"
    if isinstance(column, models.EmailField):
        return f"{canary}@example.org"
    return canary
