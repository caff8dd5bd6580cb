"""What the people of an organization are told by mail, in the language of each."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from net4u.base.mail import queue_mails
from organizations.enums import AffiliationRole
from people.enums import MailKind
from people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from net4u.base.work import Work
    from organizations.models import Organization


class Told(Enum):
    """Kinds of news. Each has its subject, what happened, what the link says, and where it leads."""

    def __init__(self, subject: Any, said: Any, link: Any, address: str) -> None:
        self.subject, self.said, self.link, self.address = subject, said, link, address


class News(Told):
    """What happens to an organization and its people."""

    PUBLISHED = (
        _("{name} is now registered"),
        _("The secretariat has approved the registration of {name}."),
        _("Open your desk"),
        "desk:now",
    )
    CHANGES_REQUESTED = (
        _("Your registration of {name}: please change something"),
        _("The secretariat has read the registration of {name} and asks for a change. It says:"),
        _("Open the registration"),
        "register",
    )
    DECLINED = (
        _("Your registration of {name} was declined"),
        _("The secretariat has declined the registration of {name}. It says:"),
        _("Read what you can do"),
        "register",
    )
    JOIN_ASKED = (
        _("Somebody asks to join {name}"),
        _("Somebody asks to act for {name} in the portal. An administrator of {name} decides. The message:"),
        _("Answer"),
        "desk:people",
    )
    CLAIM_ACCEPTED = (
        _("You can now act for {name}"),
        _("You asked to act for {name}. The answer is yes."),
        _("Open your desk"),
        "desk:now",
    )
    CLAIM_DECLINED = (
        _("You cannot act for {name}"),
        _("You asked to act for {name}. The answer is no, for this reason:"),
        _("Read what you can do"),
        "register",
    )
    PROFILE_CHANGE_ACCEPTED = (
        _("The profile of {name} was changed"),
        _("The secretariat has agreed to the change you asked for in the profile of {name}. It is shown from now on."),
        _("Open the profile"),
        "desk:profile",
    )
    PROFILE_CHANGE_DECLINED = (
        _("The profile of {name} stays as it is"),
        _("The secretariat has declined the change you asked for in the profile of {name}. It says:"),
        _("Open the profile"),
        "desk:profile",
    )


def tell(
    work: Work,
    news: Told,
    organization: Organization,
    *,
    name: str = "",
    words: str = "",
    people: QuerySet[User] | None = None,
    about: UUID | None = None,
    at: UUID | None = None,
) -> None:
    """Queue one mail for each of ``people`` who wants such mails: by default whoever writes for the organization.

    ``name`` is what the news is about (the organization), ``about`` the request that is answered, so that its answer
    goes out once, and ``at`` the record whose page the link leads to.
    """
    told = writers_of(organization) if people is None else people
    named = {"name": name or str(organization), "organization": str(organization)}
    queue_mails(
        work,
        told.exclude(unwanted_mails__kind=MailKind.NEWS).distinct().order_by("pk"),
        "news",
        key=f"news:{about or uuid4()}:{news.name.lower()}",
        subject=format_lazy(news.subject, **named),
        said=format_lazy(news.said, **named),
        link=news.link,
        address=reverse_lazy(news.address, args=[at] if at else None),
        words=words.strip(),
    )


def writers_of(organization: Organization, *roles: AffiliationRole) -> QuerySet[User]:
    """Whose account is open and who may write for it today; only those with ``roles``, if given."""
    acting = organization.affiliations.living(on=timezone.localdate())
    chosen = roles or (AffiliationRole.ADMIN, AffiliationRole.EDITOR)
    return User.objects.filter(affiliations__in=acting.filter(role__in=chosen))
