from organizations.models.approval import Approval
from organizations.models.organization import (
    OURS,
    Identifier,
    Membership,
    Organization,
    OrganizationAlias,
    RegionalNetwork,
)  # fmt: skip
from organizations.models.people import Affiliation, Claim, Invitation
from organizations.models.profile import ProfileChange
from organizations.models.saved import SavedView
from organizations.models.settings import NetworkSettings
from organizations.models.texts import EditableText

__all__ = [
    "OURS",
    "Affiliation",
    "Approval",
    "Claim",
    "EditableText",
    "Identifier",
    "Invitation",
    "Membership",
    "NetworkSettings",
    "Organization",
    "OrganizationAlias",
    "ProfileChange",
    "RegionalNetwork",
    "SavedView",
]
