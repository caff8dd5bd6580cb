from modeltranslation.translator import TranslationOptions, register

from organizations.models import RegionalNetwork


@register(RegionalNetwork)
class RegionalNetworkTranslation(TranslationOptions):
    fields = ("region", "established_note")
