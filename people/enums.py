from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SecretariatRole(TextChoices):
    """A curator does the daily work; an administrator also team, settings, merging, erasure, undoing a take-down."""

    NONE = "none", _("not of the secretariat")
    CURATOR = "curator", _("curator")
    ADMINISTRATOR = "administrator", _("administrator")


class ConsentPurpose(TextChoices):
    """What a consent allows. Each is recorded for itself and can be withdrawn for itself."""

    APPEARANCE = "appearance", _("show the organization to everybody")
    SISTER_NETWORKS = "sister_networks", _("share the organization's profile with sister networks")
    NAME_IN_RECORD = "name_in_record", _("show a person's name in a workshop record")
    CONSIDERING = "considering", _("show that the organization considers to join")


class MailKind(TextChoices):
    """Mails that somebody may do without. Whatever is needed to sign in or was asked for comes anyway."""

    REMINDERS = "reminders", _("reminders before and after a due date")
    NEWS = "news", _("what the secretariat decided about my organization")
