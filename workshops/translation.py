"""What is in our own words, or has no title in its source. What a source says word for word is never translated."""

from modeltranslation.translator import TranslationOptions, register

from workshops.models import (
    Contribution,
    Output,
    Resource,
    Session,
    SourceDifference,
    Statement,
    Workshop,
    WorkshopFigure,
)


@register(Workshop)
class WorkshopTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(WorkshopFigure)
class WorkshopFigureTranslation(TranslationOptions):
    fields = ("note",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Contribution)
class ContributionTranslation(TranslationOptions):
    fields = ("reported",)


@register(Output)
class OutputTranslation(TranslationOptions):
    fields = ("note",)


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("summary", "note")


@register(SourceDifference)
class SourceDifferenceTranslation(TranslationOptions):
    fields = ("question",)


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("note",)
