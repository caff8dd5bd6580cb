from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AddresseeKind(TextChoices):
    STATE = "state", _("a State")
    ALL_STATES = "all_states", _("all States")
    UNODC = "unodc", _("UNODC")
    CONFERENCE_GROUP = "conference_group", _("a working group of the Conference of the Parties")
    EU_INSTITUTION = "eu_institution", _("an institution of the European Union")
    PRIVATE_SECTOR = "private_sector", _("private sector")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    MEDIA = "media", _("media")


class AnswerKind(TextChoices):
    """What those who were asked said to it. That nobody answered so far can be a recorded fact, too."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("partly accepted")
    NOTED = "noted", _("noted")
    REJECTED = "rejected", _("rejected")
    NONE = "none", _("no answer yet")


class Assessor(TextChoices):
    """Whose finding it is. Findings of different assessors are never averaged."""

    OWN = "own", _("by those who were asked")
    PEER = "peer", _("by peers")
    SECRETARIAT = "secretariat", _("by the secretariat")
    OFFICIAL = "official", _("in an official review")


class AssessmentLevel(TextChoices):
    """How far it was followed, in the words of public follow-up procedures."""

    FULLY = "fully", _("fully implemented")
    PARTLY = "partly", _("partly implemented")
    NOT_IMPLEMENTED = "not_implemented", _("not implemented")
    NO_INFORMATION = "no_information", _("no information")
    CONTRARY = "contrary", _("acted against")
