"""Word lists. Their codes are what other documents carry; their names are read from here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_EDITS, is_secretariat
from vocabulary.enums import ReferenceKind, ReviewCluster, ThemeScheme
from vocabulary.querysets import PillarQuerySet, ProvisionQuerySet, TerritoryQuerySet, VocabularyQuerySet

VocabularyManager = models.Manager.from_queryset(VocabularyQuerySet)


class Word(Record):
    """A record of a curated list; the admin is where it is edited."""

    objects = VocabularyManager()

    class Meta(Record.Meta):
        abstract = True


class Source(Word):
    """A published text that statements are taken from."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True, help_text=_("Empty when the text was received without one."))
    published_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    journal_fields = ("slug", "title", "publisher", "url", "published_on", "note")

    class Meta(Word.Meta):
        # Whoever writes a workshop's record names its sources; the list itself is the administrators'.
        rules_permissions: ClassVar = ADMIN_EDITS | {"record": is_secretariat}
        ordering = ("-published_on", "slug", "id")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class PillarScheme(Word):
    """One way of dividing the subject. One scheme is canonical; others correspond to it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    canonical = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="pillar_schemes")

    journal_fields = ("code", "name", "canonical", "source_id")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("-canonical", "code", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["canonical"],
                condition=models.Q(canonical=True),
                name="one_canonical_scheme",
                violation_error_message=_("One scheme of pillars is the canonical one already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Pillar(Word):
    """A thematic pillar, word for word as its source names it."""

    scheme = models.ForeignKey(PillarScheme, on_delete=models.PROTECT, related_name="pillars")
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()
    aliases = models.JSONField(default=list, blank=True)
    corresponds_to = models.ManyToManyField(
        "self", symmetrical=False, related_name="corresponding", blank=True,
        help_text=_("Pillars of the canonical scheme that this one covers."),
    )  # fmt: skip

    objects = models.Manager.from_queryset(PillarQuerySet)()
    journal_fields = ("code", "name", "description", "order", "aliases", "scheme_id")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("scheme", "order", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "order"],
                name="one_pillar_a_place",
                violation_error_message=_("Another pillar of this scheme has this place."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pillars:detail", args=[self.code])


class Theme(Word):
    """A subject that runs across the pillars, with the source that names it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    scheme = models.CharField(max_length=20, choices=ThemeScheme)
    order = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="themes")

    journal_fields = ("code", "name", "scheme", "order", "source_id")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("scheme", "order", "id")

    def __str__(self) -> str:
        return self.name


class Instrument(Word):
    """The Convention or one of its Protocols."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    resolution = models.CharField(max_length=40)
    adopted_on = models.DateField()
    in_force_on = models.DateField()
    in_force_verified = models.BooleanField(default=True, help_text=_("Whether a published text was found for it."))

    journal_fields = ("code", "name", "resolution", "adopted_on", "in_force_on", "in_force_verified")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("instruments:detail", args=[self.code])


class Provision(Word):
    """One article. Which review cluster it belongs to was not found in a published table: ``cluster_verified``."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="provisions")
    article = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    cluster = models.PositiveSmallIntegerField(choices=ReviewCluster, null=True, blank=True)
    cluster_verified = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(ProvisionQuerySet)()
    journal_fields = ("instrument_id", "article", "title", "cluster", "cluster_verified")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("instrument", "article", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "article"],
                name="one_title_an_article",
                violation_error_message=_("This instrument has this article already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    @property
    def code(self) -> str:
        """Such as ``UNTOC-31``: what documents of other records carry."""
        return f"{self.instrument.code}-{self.article}"

    def get_absolute_url(self) -> str:
        return f"{self.instrument.get_absolute_url()}#article-{self.article}"


class Reference(Word):
    """A resolution, agenda or programme that records point to."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ReferenceKind)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other names under which sources mean the same."))
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="references")
    note = models.TextField(blank=True)

    journal_fields = ("code", "name", "kind", "aliases", "source_id", "note")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("kind", "code", "id")

    def __str__(self) -> str:
        return self.name


class SdgTarget(Word):
    """A target of the Sustainable Development Goals, in the words of the UN."""

    code = models.CharField(max_length=8, unique=True)
    name = models.TextField()

    journal_fields = ("code", "name")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("code", "id")
        verbose_name = _("SDG target")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Territory(Word):
    """A country or territory. Names and codes imply no opinion on status."""

    iso2 = models.CharField(max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, blank=True)
    m49 = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=100)
    subregion = models.CharField(max_length=60, blank=True)
    eu = models.BooleanField(_("member of the European Union"), default=False)
    eea = models.BooleanField(_("in the European Economic Area"), default=False)
    coe = models.BooleanField(_("member of the Council of Europe"), default=False)
    un_group = models.CharField(_("UN regional group"), max_length=8, blank=True)
    eligible = models.BooleanField(
        default=False, help_text=_("Organizations from here may join this network. The owner decides.")
    )
    note = models.CharField(max_length=200, blank=True)

    objects = models.Manager.from_queryset(TerritoryQuerySet)()
    journal_fields = ("iso2", "iso3", "m49", "name", "subregion", "eu", "eea", "coe", "un_group", "eligible", "note")

    class Meta(Word.Meta):
        rules_permissions: ClassVar = ADMIN_EDITS
        ordering = ("name", "id")
        verbose_name_plural = _("territories")

    def __str__(self) -> str:
        return self.name
