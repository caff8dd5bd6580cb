from modeltranslation.translator import TranslationOptions, register

from vocabulary.models import Pillar, PillarScheme, Territory, Theme


@register(PillarScheme)
class PillarSchemeTranslation(TranslationOptions):
    fields = ("name",)


@register(Pillar)
class PillarTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(Territory)
class TerritoryTranslation(TranslationOptions):
    fields = ("name",)
