from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from net4u.base.admin import RecordAdmin
from vocabulary.models import (
    Instrument,
    Pillar,
    PillarScheme,
    Provision,
    Reference,
    SdgTarget,
    Source,
    Territory,
    Theme,
)  # fmt: skip


@admin.register(Pillar)
class PillarAdmin(RecordAdmin, TranslationAdmin):
    list_display = ("name", "scheme", "order", "code")
    list_filter = ("scheme",)
    list_select_related = ("scheme",)
    search_fields = ("name", "code")


@admin.register(Theme)
class ThemeAdmin(RecordAdmin, TranslationAdmin):
    list_display = ("name", "scheme", "code")
    list_filter = ("scheme",)
    search_fields = ("name", "code")


@admin.register(PillarScheme)
class PillarSchemeAdmin(RecordAdmin):
    list_display = ("name", "code", "canonical")
    search_fields = ("name",)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("title", "publisher", "published_on")
    search_fields = ("title", "publisher", "slug")


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    list_display = ("name", "code", "adopted_on", "in_force_on", "in_force_verified")
    search_fields = ("name",)


@admin.register(Provision)
class ProvisionAdmin(RecordAdmin):
    list_display = ("instrument", "article", "title", "cluster", "cluster_verified")
    list_filter = ("instrument", "cluster", "cluster_verified")
    list_select_related = ("instrument",)
    search_fields = ("title",)


@admin.register(Reference)
class ReferenceAdmin(RecordAdmin):
    list_display = ("name", "kind", "code")
    list_filter = ("kind",)
    search_fields = ("name", "code")


@admin.register(SdgTarget)
class SdgTargetAdmin(RecordAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")


@admin.register(Territory)
class TerritoryAdmin(RecordAdmin):
    """Where the owner decides which countries are eligible."""

    list_display = ("name", "iso2", "subregion", "eu", "coe", "un_group", "eligible")
    list_filter = ("eligible", "eu", "coe", "subregion")
    search_fields = ("name", "iso2", "iso3")
