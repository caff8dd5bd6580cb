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


class ContactRole(TextChoices):
    """Whom the secretariat writes to first, and who stands in."""

    FOCAL_POINT = "focal_point", _("focal point")
    ALTERNATE = "alternate", _("alternate")


class ActivityType(TextChoices):
    """What an organization does, after the six tools that the online training of 2020 named."""

    ADVOCACY = "advocacy", _("advocacy")
    MONITORING = "monitoring", _("monitoring and evaluation")
    AWARENESS = "awareness_raising", _("awareness-raising")
    RESEARCH = "research", _("research")
    EDUCATION = "education", _("education and training")
    PARTNERSHIP = "partnership", _("partnerships of many kinds of organizations")


class OtherNetwork(TextChoices):
    """Networks and registers in which the secretariat can look an organization up."""

    WHATSON = "whatson", _("WhatsOn, the database of UNODC's Civil Society Unit")
    ALLIANCE = "alliance", _("Alliance of NGOs on Crime Prevention and Criminal Justice")
    NACSA4U = "nacsa4u", _("a national civil society alliance for the Convention (NACSA4U)")


class SelfDescription(TextChoices):
    """Who leads an organization, in its own words. Never shown to anybody but its own people and the secretariat."""

    YOUTH_LED = "youth_led", _("led by young people")
    SURVIVOR_LED = "survivor_led", _("led by survivors")
    WOMEN_LED = "women_led", _("led by women")


class IdentifierScheme(TextChoices):
    """Registers that number organizations: codes of org-id.guide, and two registers that it does not list."""

    EU_TR = "EU-TR", _("EU Transparency Register")
    ECOSOC = "UN-ECOSOC", _("consultative status with ECOSOC")
    IT_CF = "IT-CF", _("Italian tax code (codice fiscale)")
    FR_SIREN = "FR-RCS", _("French SIREN number")
    BE_KBO = "BE-BCE_KBO", _("Belgian enterprise number")
    NL_KVK = "NL-KVK", _("Dutch Chamber of Commerce number")
    AT_ZVR = "AT-ZVR", _("Austrian register of associations (ZVR)")
    GB_CHC = "GB-CHC", _("charity number for England and Wales")
    ROR = "XI-ROR", _("Research Organization Registry (ROR)")
    LEI = "XI-LEI", _("Legal Entity Identifier (LEI)")
    OTHER = "other", _("another register")


class RequestState(TextChoices):
    """What became of a request; nothing leads back to ``open``."""

    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


class ClaimKind(TextChoices):
    """A claim makes the first administrator of an organization without people; a join adds somebody to others."""

    CLAIM = "claim", _("to speak for an organization that nobody speaks for yet")
    JOIN = "join", _("to join the people of an organization")


class TextKey(TextChoices):
    """The portal's own texts: each is a page, and its value is the file it is shipped in."""

    ABOUT = "about", _("About")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    IMPRINT = "imprint", _("Imprint")
    HOUSE_RULES = "house_rules", _("House rules")
