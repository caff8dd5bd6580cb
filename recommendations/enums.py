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
