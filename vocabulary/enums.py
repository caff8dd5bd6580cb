from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ThemeScheme(TextChoices):
    """Where a theme comes from. The four Ps exist in two readings; these are the words of SecurityWomen's report."""

    ACROSS = "across_pillars", _("themes across the pillars")
    FOUR_PS = "four_ps", _("the four Ps of the Convention")


class ReviewCluster(IntegerChoices):
    """Thematic clusters of the Review Mechanism. Only the first name was found in public material."""

    CRIMINALIZATION = 1, _("Criminalization and jurisdiction")
    PREVENTION = 2, _("Prevention, technical assistance, protection measures and other measures")
    LAW_ENFORCEMENT = 3, _("Law enforcement and the judicial system")
    COOPERATION = 4, _("International cooperation, mutual legal assistance and confiscation")


class ReferenceKind(TextChoices):
    RESOLUTION = "resolution", _("resolution")
    AGENDA = "agenda", _("agenda")
    PROGRAMME = "programme", _("programme or project")
    MECHANISM = "mechanism", _("mechanism")


class DatePrecision(TextChoices):
    """How exactly a source tells a date."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("not stated")
