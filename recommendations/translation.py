from modeltranslation.translator import TranslationOptions, register

from recommendations.models import Declaration


@register(Declaration)
class DeclarationTranslation(TranslationOptions):
    fields = ("summary", "note")
