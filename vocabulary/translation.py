from modeltranslation.translator import TranslationOptions, register

from vocabulary.models import Pillar, Territory, Theme


@register(Pillar)
class PillarTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(Territory)
class TerritoryTranslation(TranslationOptions):
    fields = ("name",)
