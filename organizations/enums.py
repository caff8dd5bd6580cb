from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Appearance(TextChoices):
    """What others see of an approved organization. The last two need a recorded consent or a cited source."""

    HIDDEN = "hidden", _("hidden: only its own people and the secretariat")
    MEMBERS_ONLY = "members_only", _("only people of the network's organizations")
    NAME_AND_COUNTRY = "name_and_country", _("everybody sees its name and country")
    PUBLIC = "public", _("everybody sees its profile")


#: Appearances in which everybody sees at least the name.
OPEN_APPEARANCES = (Appearance.NAME_AND_COUNTRY, Appearance.PUBLIC)


class OrganizationKind(TextChoices):
    """First level after UNODC's Toolkit on Stakeholder Engagement, part 2; the last two only take part in events."""

    CIVIL_SOCIETY = "civil_society", _("civil society organization")
    ACADEMIA = "academia", _("academia")
    PRIVATE_SECTOR = "private_sector", _("private sector")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organization")
    GOVERNMENT = "government", _("government")


class CivilSocietyKind(TextChoices):
    """Second level, after UNODC's list of civil society organizations."""

    NGO = "ngo", _("non-governmental organization")
    COMMUNITY = "community_group", _("community group")
    LABOUR_UNION = "labour_union", _("labour union")
    INDIGENOUS = "indigenous_group", _("indigenous group")
    CHARITY = "charitable_organization", _("charitable organization")
    FAITH_BASED = "faith_based_organization", _("faith-based organization")
    PROFESSIONAL = "professional_association", _("professional association")
    FOUNDATION = "foundation", _("foundation")


class MembershipStatus(TextChoices):
    CONSIDERING = "considering", _("considers to join")
    APPLIED = "applied", _("has applied")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", _("has left")
    DECLINED = "declined", _("declined")


#: Who belongs to a network today.
BELONGING = (MembershipStatus.MEMBER, MembershipStatus.OBSERVER)

MEMBERSHIP_MOVES: Mapping[str, frozenset[str]] = {
    MembershipStatus.CONSIDERING: frozenset({MembershipStatus.APPLIED}),
    MembershipStatus.APPLIED: frozenset(
        {MembershipStatus.MEMBER, MembershipStatus.OBSERVER, MembershipStatus.DECLINED}
    ),
    MembershipStatus.OBSERVER: frozenset({MembershipStatus.MEMBER, MembershipStatus.SUSPENDED, MembershipStatus.LEFT}),
    MembershipStatus.MEMBER: frozenset({MembershipStatus.SUSPENDED, MembershipStatus.LEFT}),
    MembershipStatus.SUSPENDED: frozenset({MembershipStatus.MEMBER, MembershipStatus.OBSERVER, MembershipStatus.LEFT}),
    MembershipStatus.DECLINED: frozenset({MembershipStatus.APPLIED}),
    MembershipStatus.LEFT: frozenset({MembershipStatus.APPLIED}),
}


class AffiliationRole(TextChoices):
    """What a person may do for an organization: an admin also invites people and hands over."""

    ADMIN = "admin", _("administrator")
    EDITOR = "editor", _("editor")
    VIEWER = "viewer", _("viewer")


class TextKey(TextChoices):
    """The portal's own texts: each is a page, and its value is the file it is shipped in."""

    ABOUT = "about", _("About")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    IMPRINT = "imprint", _("Imprint")
    HOUSE_RULES = "house_rules", _("House rules")
