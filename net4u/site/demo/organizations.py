"""Invented organizations: registered by their own people, reviewed by the secretariat, shown as they agreed."""

from __future__ import annotations

from net4u.base.states import Editorial
from net4u.site.demo.people import join
from net4u.site.demo.story import Facts, Story, countries, organization, pillars
from organizations.enums import Appearance, MembershipStatus
from organizations.models import Membership, Organization, RegionalNetwork
from organizations.services import (
    confirm_profile,
    draft_organization,
    move_membership,
    publish_organization,
    record_standing,
    set_appearance,
    share_with_sister_networks,
    submit_organization,
)
from people.enums import ConsentPurpose
from people.models import User
from people.services import record_consent
from vocabulary.models import Territory

TEXT = "demonstration"
#: Which decisions lead to a standing, after the first one.
WAYS = {
    MembershipStatus.CONSIDERING: (),
    MembershipStatus.APPLIED: (),
    MembershipStatus.MEMBER: (MembershipStatus.MEMBER,),
    MembershipStatus.OBSERVER: (MembershipStatus.OBSERVER,),
    MembershipStatus.DECLINED: (MembershipStatus.DECLINED,),
    MembershipStatus.SUSPENDED: (MembershipStatus.MEMBER, MembershipStatus.SUSPENDED),
    MembershipStatus.LEFT: (MembershipStatus.MEMBER, MembershipStatus.LEFT),
}
OWN = ("slug", "legal_name", "english_name", "acronym", "aliases", "kind", "civil_society_kind", "year_founded",
       "languages", "mission")  # fmt: skip


def register(story: Story, facts: Facts, network: RegionalNetwork) -> None:
    """From the first draft to what its state in the data says, but for decisions that come with words."""
    record = _draft(story, facts)
    admin = join(story, record, facts)
    if facts["state"] == Editorial.DRAFT:
        return
    submit_organization(organization=record, by=admin)
    if facts["state"] in {Editorial.PUBLISHED, Editorial.WITHDRAWN}:
        publish_organization(organization=record, by=story.people["sam"])
        _show(record, facts, admin)
        if "confirmed" in facts:
            confirm_profile(organization=record, on=story.days(record.slug).on(facts["confirmed"]), by=admin)
        if "membership" in facts:
            _admit(story, record, facts["membership"], network, admin)


def _draft(story: Story, facts: Facts) -> Organization:
    slug = facts["slug"]
    record = story.invented(
        Organization,
        slug,
        **{name: facts[name] for name in OWN if name in facts},
        country=Territory.objects.get(iso2=facts["country"]),
        part_of=organization(story, facts["part_of"]) if "part_of" in facts else None,
        website=f"https://{slug}.example.org/",
        mission_language="en" if facts["mission"] else "",
    )
    draft_organization(organization=record, by=None)
    record.countries_of_activity.set(countries(facts["countries_of_activity"]))
    record.pillars.set(pillars(facts["pillars"]))
    return record


def _show(record: Organization, facts: Facts, admin: User) -> None:
    if facts["appearance"] != record.appearance:
        appearance = Appearance(facts["appearance"])
        set_appearance(organization=record, appearance=appearance, text_version=TEXT, by=admin)
    if facts.get("shared"):
        share_with_sister_networks(organization=record, text_version=TEXT, by=admin)


def _admit(story: Story, record: Organization, facts: Facts, network: RegionalNetwork, admin: User) -> None:
    status = MembershipStatus(facts["status"])
    first = MembershipStatus.APPLIED if WAYS[status] else status
    since = story.days(record.slug).on(facts["since"])
    membership = story.invented(
        Membership, record.slug, organization=record, network=network, status=first, since=since
    )
    if facts.get("consent"):
        membership.consent = record_consent(
            subject=membership, purpose=ConsentPurpose.CONSIDERING, text_version=TEXT, by=admin
        )
    record_standing(membership=membership, by=story.people["sam"])
    for step in WAYS[status]:
        move_membership(membership=membership, to=step, by=story.people["sam"])
