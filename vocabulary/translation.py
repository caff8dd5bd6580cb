from modeltranslation.translator import TranslationOptions, register

from vocabulary.models import Pillar, Theme


@register(Pillar)
class PillarTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)
