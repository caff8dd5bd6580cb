from modeltranslation.translator import TranslationOptions, register

from workshops.models import Session, SourceDifference, Statement, Workshop


@register(Workshop)
class WorkshopTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(SourceDifference)
class SourceDifferenceTranslation(TranslationOptions):
    fields = ("question",)


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("note",)
