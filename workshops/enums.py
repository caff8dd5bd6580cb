from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkshopKind(TextChoices):
    REGIONAL_WORKSHOP = "regional_workshop", _("Regional workshop")
    NEEDS_ASSESSMENT = "needs_assessment", _("Needs assessment")
    TRAINING = "training", _("Training")
    CONFERENCE = "conference", _("Conference")
    SIDE_EVENT = "side_event", _("Side event")
    BRIEFING = "briefing", _("Briefing")
    ROUND_TABLE = "round_table", _("Round table")
    DIALOGUE = "dialogue", _("Dialogue")
    MEETING = "meeting", _("Meeting")
    CONSULTATION = "consultation", _("Consultation")
    STATEMENT = "statement", _("Statement")


class Mode(TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("in person and online")
    NOT_STATED = "not_stated", _("not stated")


class Disclosure(TextChoices):
    """What may be told outside. A session is as open as its workshop, or less.

    Under the Chatham House Rule the information may be used, but "neither the identity nor the affiliation of the
    speaker(s), nor that of any other participant, may be revealed".
    """

    ON_RECORD = "on_record", _("on the record")
    CHATHAM_HOUSE = "chatham_house", _("Chatham House Rule")
    OFF_RECORD = "off_record", _("off the record")


#: The stricter, the higher.
STRICTNESS = {Disclosure.ON_RECORD: 0, Disclosure.CHATHAM_HOUSE: 1, Disclosure.OFF_RECORD: 2}


class WorkshopRoleKind(TextChoices):
    CONVENER = "convener", _("convened by")
    ORGANIZER = "organizer", _("organized by")
    CO_ORGANIZER = "co_organizer", _("co-organized by")
    PARTNER = "partner", _("in partnership with")
    HOST = "host", _("hosted by")
    SUPPORTER = "supporter", _("supported by")
    FUNDER = "funder", _("funded by")


class Attribution(TextChoices):
    """Only the organization that took part decides; until it did, nothing is told."""

    ANONYMOUS = "anonymous", _("not shown")
    ORGANIZATION_ONLY = "organization_only", _("the organization is shown")
    NAMED = "named", _("the organization and its delegates are shown")


class ContributionKind(TextChoices):
    OPENED = "opened", _("opening remarks")
    WELCOMED = "welcomed", _("welcome")
    PRESENTED = "presented", _("presentation")
    SPOKE = "spoke", _("remarks")
    MODERATED = "moderated", _("moderation")
    MET = "met", _("met participants")
    REPRESENTED = "represented", _("represented the organization")


class Qualifier(TextChoices):
    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")


class FigureUnit(TextChoices):
    """What a figure counts. Figures of different units are never added or compared."""

    PARTICIPANTS = "participants", _("participants")
    EXPECTED_PARTICIPANTS = "expected_participants", _("participants expected beforehand")
    EXPERTS = "experts", _("experts")
    REPRESENTATIVES = "representatives", _("representatives")
    OBSERVERS = "observers", _("non-governmental observers")
    YOUTH_PERCENT = "youth_percent", _("per cent youth")
    COUNTRIES = "countries", _("countries")
    SIDE_EVENTS = "side_events", _("side events")
    CIVIL_SOCIETY_SIDE_EVENTS = "civil_society_side_events", _("side events by civil society")
    PARTIES = "parties", _("parties to the Convention")


#: Units that count people: such a figure under five is not shown.
PEOPLE_UNITS = (
    FigureUnit.PARTICIPANTS, FigureUnit.EXPECTED_PARTICIPANTS, FigureUnit.EXPERTS, FigureUnit.REPRESENTATIVES,
    FigureUnit.OBSERVERS,
)  # fmt: skip
#: The smallest figure about people that is shown.
SMALLEST_FIGURE = 5


class SessionFormat(TextChoices):
    PLENARY = "plenary", _("plenary")
    WORKING_GROUPS = "working_groups", _("working groups")
    EXERCISE = "exercise", _("exercise")
    NETWORKING = "networking", _("networking")
    NOT_STATED = "not_stated", _("not stated")


class OutputKind(TextChoices):
    FINDING = "finding", _("Finding")
    PROPOSAL = "proposal", _("Proposal")
    MECHANISM = "mechanism", _("Mechanism")
    PLANNED_PUBLICATION = "planned_publication", _("Planned publication")
    ANNOUNCED_LIST = "announced_list", _("List announced in the source")


class CorrectionKind(TextChoices):
    """What was changed after a workshop's record was published."""

    TEXT = "text", _("Corrected")
    AGENDA = "agenda", _("The agenda was put in another order")
    OUTPUTS = "outputs", _("Outputs were added")
    REMOVED = "removed", _("Something was removed")


class ResourceKind(TextChoices):
    TOOLKIT = "toolkit", _("Toolkit")
    GUIDE = "guide", _("Guide")
    VIDEO = "video", _("Video")
    PAPER = "paper", _("Paper")
    LEGAL_TEXT = "legal_text", _("Legal text")
    TRAINING = "training", _("Training programme")
    METHOD = "method", _("Method")
