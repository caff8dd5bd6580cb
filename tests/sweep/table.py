"""What is expected of each address: who gets which answer. An address that is not here fails the sweep.

A rule is looked up by the route's full name, such as ``workshops:detail``; patterns are those of ``fnmatch`` and the
first that fits counts. ``HIDDEN`` and ``MISSING`` objects must answer alike to whoever may not see the hidden one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.admin.utils import quote

from tests.sweep.actors import ACTORS, ADMINISTRATOR, NOBODY, OWN, SECRETARIAT
from tests.sweep.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
READS = ("GET", "HEAD")
MISSING_ID = UUID("00000000-0000-4000-8000-000000000000")

EVERYBODY = frozenset(ACTORS)
SIGNED_IN = EVERYBODY - {NOBODY}

PUBLIC, OWN_HIDDEN, HIDDEN, MISSING, NO_OBJECT = "public", "own hidden", "hidden", "missing", "-"

Kwargs = Mapping[str, Any]
Statuses = frozenset[int]


def statuses(*codes: int) -> Statuses:
    return frozenset(codes)


@dataclass(frozen=True)
class Rule:
    """What each actor gets for each object.

    ``objects`` gives the arguments of the address by kind of object; without it the address has none.
    ``seen_by`` tells who may see an object of that kind; whoever may not gets 404.
    ``answer`` is the status of a read that is allowed; ``refused`` of one that is not, by actor, where it is not 404.
    ``writes`` is the status of the other methods, for every object alike; by actor where it depends.
    """

    objects: Callable[[World], Mapping[str, Kwargs]] = lambda _world: {NO_OBJECT: {}}
    seen_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answer: Statuses = frozenset({200})
    refused: Callable[[str], Statuses] = lambda _actor: statuses(404)
    writes: Callable[[str], Statuses] = lambda _actor: statuses(405)

    def expected(self, actor: str, method: str, kind: str) -> Statuses:
        if method not in READS:
            return self.writes(actor)
        return self.answer if self.sees(actor, kind) else self.refused(actor)

    def sees(self, actor: str, kind: str) -> bool:
        everybody = EVERYBODY if kind in {NO_OBJECT, PUBLIC} else frozenset()
        return actor in self.seen_by.get(kind, everybody)


def always(*codes: int) -> Callable[[str], Statuses]:
    return lambda _actor: statuses(*codes)


def by_actor(who: frozenset[str], inside: Statuses, outside: Statuses) -> Callable[[str], Statuses]:
    return lambda actor: inside if actor in who else outside


def page(**by_kind: Callable[[World], Kwargs]) -> Rule:
    """A page of one record: the secretariat sees what is hidden, an organization's people their own."""

    def objects(world: World) -> dict[str, Kwargs]:
        return {kind.replace("_", " "): arguments(world) for kind, arguments in by_kind.items()}

    return Rule(objects, seen_by={HIDDEN: SECRETARIAT, OWN_HIDDEN: OWN})


def by_slug(public: str, hidden: str = "", own_hidden: str = "", *, column: str = "slug") -> Rule:
    """Records are named as in ``World.at``."""
    names = {"public": public, "hidden": hidden, "own_hidden": own_hidden}
    known = {
        kind: (lambda world, name=name: {column: getattr(world.at[name], column)})
        for kind, name in names.items()
        if name
    }
    return page(**known, missing=lambda _world: {column: "nowhere"})


def by_id(public: str, hidden: str = "", own_hidden: str = "") -> Rule:
    """A detail of the API: served from public documents, whoever asks."""
    rule = by_slug(public, hidden, own_hidden, column="pk")
    objects = rule.objects
    return Rule(lambda world: {**objects(world), MISSING: {"pk": MISSING_ID}})


def led_on(public: str, hidden: str, own_hidden: str = "") -> Rule:
    """The id of a record that has a reference leads to the page under its reference."""
    rule = by_slug(public, hidden, own_hidden, column="pk")
    objects = rule.objects
    return replace(rule, objects=lambda world: {**objects(world), MISSING: {"pk": MISSING_ID}}, answer=statuses(301))


GROUP = page(
    public=lambda world: {"slug": world.at["workshop"].slug, "code": "a"},
    hidden=lambda world: {"slug": world.at["workshop"].slug, "code": world.at["off_record_group"].code},
    missing=lambda world: {"slug": world.at["workshop"].slug, "code": "nowhere"},
)

LIST = Rule()


def for_programs(**by_kind: Callable[[World], Kwargs]) -> Rule:
    """Calendars and reports tell what is public, whoever asks: what is hidden is hidden from everybody."""
    return Rule(lambda world: {kind: arguments(world) for kind, arguments in by_kind.items()})


ONE_WORKSHOP = for_programs(
    public=lambda world: {"slug": world.at["workshop"].slug},
    hidden=lambda world: {"slug": world.at["draft_workshop"].slug},
    missing=lambda _world: {"slug": "nowhere"},
)
#: allauth's own pages: a form, a redirect to where one belongs, or a refusal; its own tests say which.
ACCOUNT = Rule(
    answer=statuses(200, 302, 403, 404, 405), writes=always(200, 302, 403, 404, 405),
    objects=lambda _world: {NO_OBJECT: {"key": "nowhere", "uidb36": "1", "pk": 1}},
)  # fmt: skip

#: Models whose admin pages show persons, keys or the history: a curator may not look.
ADMINISTRATORS_ONLY = (
    "people.user", "people.consent", "organizations.affiliation", "base.journalentry", "base.outboxmessage",
)  # fmt: skip
#: Word lists, which the admin edits.
EDITED = (
    "vocabulary.pillarscheme", "vocabulary.pillar", "vocabulary.theme", "vocabulary.instrument", "vocabulary.provision",
    "vocabulary.reference", "vocabulary.sdgtarget", "vocabulary.territory", "vocabulary.source",
)  # fmt: skip
#: Records, which it only shows.
SHOWN = (
    "base.document", "organizations.regionalnetwork", "organizations.organization", "organizations.membership",
    "organizations.organizationalias", "organizations.editabletext", "organizations.identifier",
    "workshops.workshop", "workshops.workshopname", "workshops.workshopfigure",
    "workshops.workshoprole", "workshops.session", "workshops.participation", "workshops.contribution",
    "workshops.delegate",
    "workshops.workinggroup", "workshops.output", "workshops.resource", "recommendations.recommendation",
    "recommendations.addressee", "recommendations.declaration", "recommendations.declarationarea",
    "recommendations.answer", "recommendations.assessment", "workshops.sourcedifference", "workshops.statement",
    "base.reminder", "commitments.commitment", "commitments.commitmentpartner", "commitments.milestone",
    "commitments.progressupdate", "commitments.evidence", "commitments.verification",
)  # fmt: skip
#: Admin pages that come with libraries and that nobody was given a permission for.
NOBODYS = ("auth.group", "account.emailaddress", "mfa.authenticator")

#: Who is not of the secretariat never gets past the door: sent to sign in, or told that this is not for them.
OUTSIDE = statuses(302, 403)


def look(who: frozenset[str], *codes: int, objects: Callable[[World], Mapping[str, Kwargs]] | None = None) -> Rule:
    """An admin page for these people; the others of the secretariat are refused with 403."""
    inside = statuses(200, 302, 403, 404, 405)
    return Rule(
        objects or (lambda _world: {NO_OBJECT: {}}),
        seen_by=dict.fromkeys((NO_OBJECT, PUBLIC), who),
        answer=statuses(*codes or (200,)),
        refused=by_actor(SECRETARIAT, statuses(403), OUTSIDE),
        writes=by_actor(who, inside, statuses(302, 403, 404, 405)),
    )


def fixed(**arguments: str) -> Callable[[World], Mapping[str, Kwargs]]:
    return lambda _world: {NO_OBJECT: arguments}


def a_row_of(label: str) -> Callable[[World], Mapping[str, Kwargs]]:
    """A row that is there, so that a refusal refuses something; all models have one but the libraries'."""

    def objects(_world: World) -> dict[str, Kwargs]:
        row = apps.get_model(label)._base_manager.order_by("pk").first()
        return {PUBLIC: {"object_id": quote(row.pk if row else MISSING_ID)}}

    return objects


def admin_model(label: str, *, seen: frozenset[str], edited: frozenset[str]) -> dict[str, Rule]:
    """The pages of one model: who sees them, and who may add, change and delete."""
    name, row = "admin:" + label.replace(".", "_"), a_row_of(label)
    return {
        f"{name}_changelist": look(seen),
        f"{name}_add": look(edited),
        f"{name}_change": look(seen, objects=row),
        f"{name}_history": look(seen, objects=row),
        f"{name}_delete": look(edited, objects=row),
    }


def admin_rules() -> dict[str, Rule]:
    missing = str(MISSING_ID)
    rules: dict[str, Rule] = {
        "admin:index": look(SECRETARIAT),
        "admin:app_list": look(SECRETARIAT, objects=fixed(app_label="vocabulary")),
        "admin:login": Rule(answer=statuses(200, 302, 403), writes=always(200, 302, 403, 405)),
        "admin:logout": Rule(answer=statuses(302, 405), writes=always(200, 302, 403, 405)),
        "admin:password_change": look(SECRETARIAT),
        "admin:password_change_done": look(SECRETARIAT),
        "admin:jsi18n": look(SECRETARIAT),
        "admin:autocomplete": look(frozenset()),
        "admin:view_on_site": look(SECRETARIAT, 404, objects=fixed(content_type_id="1", object_id=missing)),
        # An object without “change/”, and whatever is nowhere.
        "admin:": look(SECRETARIAT, 302, 404, objects=fixed(object_id=missing, url="nowhere")),
    }
    nobody: frozenset[str] = frozenset()
    for labels, seen, edited in (
        (NOBODYS, nobody, nobody),
        (ADMINISTRATORS_ONLY, ADMINISTRATOR, nobody),
        (SHOWN, SECRETARIAT, nobody),
        (EDITED, SECRETARIAT, ADMINISTRATOR),
    ):
        for label in labels:
            rules |= admin_model(label, seen=seen, edited=edited)
    return rules


def secretariats(*kinds: str, objects: Callable[[World], Mapping[str, Kwargs]], posts: Statuses) -> Rule:
    """A page of the secretariat alone: whoever else is signed in is refused, whether or not there is anything."""
    return Rule(
        objects,
        seen_by=dict.fromkeys(kinds, SECRETARIAT),
        refused=lambda actor: statuses(404) if actor in SECRETARIAT else OUTSIDE,
        writes=by_actor(SECRETARIAT, posts, OUTSIDE),
    )


def kept_for_secretariat(name: str, missing: Any) -> Rule:
    return secretariats(
        HIDDEN,
        objects=lambda world: {HIDDEN: {"pk": world.at[name].pk}, MISSING: {"pk": missing}},
        posts=statuses(200, 302, 404, 405),
    )


def for_administrators(name: str, **others: str) -> Rule:
    """A page of the secretariat's administrators: curators are refused as well. ``others`` are named in the address."""

    def objects(world: World) -> dict[str, Kwargs]:
        given = {key: world.at[other].pk for key, other in others.items()}
        return {HIDDEN: {"pk": world.at[name].pk, **given}, MISSING: {"pk": MISSING_ID, **given}}

    return Rule(
        objects,
        seen_by={HIDDEN: ADMINISTRATOR},
        refused=lambda actor: statuses(404) if actor in ADMINISTRATOR else OUTSIDE,
        writes=by_actor(ADMINISTRATOR, statuses(200, 404, 405, 409), OUTSIDE),
    )


def of_draft(kind: str = "", part: str = "", **more: str) -> Rule:
    """A page of the workspace of a draft, or of one of its parts; what the address names is nowhere is MISSING."""

    def objects(world: World) -> dict[str, Kwargs]:
        workshop = world.at["draft_workshop"]
        given: dict[str, Any] = dict(more)
        if part:
            given["part"] = getattr(workshop, part).first().pk
        if kind:
            given["kind"] = kind
        return {HIDDEN: {"pk": workshop.pk, **given}, MISSING: {"pk": MISSING_ID, **given}}

    # 409: sent without the version that was read.
    return secretariats(HIDDEN, objects=objects, posts=statuses(200, 302, 404, 405, 409))


def of_kind(kind: str, name: str) -> Rule:
    """A page of the secretariat about a record of any kind."""
    return secretariats(
        HIDDEN,
        objects=lambda world: {
            HIDDEN: {"kind": kind, "pk": world.at[name].pk},
            MISSING: {"kind": kind, "pk": MISSING_ID},
        },
        posts=statuses(200, 302, 404, 405),
    )


def of_kept_list(*, posts: Statuses) -> Rule:
    """A page about the saved views of a list, which the address names."""
    return secretariats(NO_OBJECT, objects=lambda _world: {NO_OBJECT: {"page": "follow_up"}}, posts=posts)


def of_saved_view() -> Rule:
    """Of one's own alone: an administrator may take away what somebody else shares."""
    rule = secretariats(
        HIDDEN,
        objects=lambda world: {
            HIDDEN: {"page": "follow_up", "pk": world.at["saved_view"].pk},
            MISSING: {"page": "follow_up", "pk": 4242424204},
        },
        posts=statuses(200, 302, 404, 405),
    )
    return replace(rule, seen_by={HIDDEN: frozenset({"curator"})})


def button(rule: Rule) -> Rule:
    """Takes POST alone."""
    return replace(rule, answer=statuses(405), refused=by_actor(SECRETARIAT, statuses(404, 405), OUTSIDE))


FROM_OUTPUT = secretariats(
    HIDDEN,
    objects=lambda world: {
        HIDDEN: {"pk": world.at["draft_workshop"].outputs.first().pk}, MISSING: {"pk": MISSING_ID},
    },
    posts=statuses(200, 404, 405),
)  # fmt: skip
#: A form about a record: whoever may not see the record finds no form.
WRONG = replace(
    page(
        public=lambda world: {"kind": "commitment", "pk": world.at["commitment"].pk},
        own_hidden=lambda world: {"kind": "commitment", "pk": world.at["house_commitment"].pk},
        hidden=lambda world: {"kind": "commitment", "pk": world.at["hidden_commitment"].pk},
        missing=lambda _world: {"kind": "commitment", "pk": MISSING_ID},
    ),
    writes=always(200, 404, 405),
)
#: One button, and no page: to whoever may press it, what is not theirs is refused or not found.
CONFIRM = replace(
    by_slug("public", "draft", "house"),
    answer=statuses(302, 405),
    refused=always(302, 405),
    writes=by_actor(SIGNED_IN, statuses(302, 403, 404, 405), statuses(302)),
)

#: Who acts for an organization today.
ACTING = frozenset({"viewer", "editor", "admin", "other"})
#: Whoever acts for none is led to registration.
ON_THE_DESK = Rule(
    seen_by={NO_OBJECT: ACTING}, refused=always(302), writes=by_actor(ACTING, statuses(405), statuses(302))
)
ACT_FOR = replace(
    by_id("public", "draft", "house"),
    answer=statuses(405),
    refused=by_actor(ACTING, statuses(405), statuses(302)),
    seen_by={PUBLIC: ACTING, HIDDEN: ACTING, OWN_HIDDEN: ACTING, MISSING: ACTING},
    writes=by_actor(ACTING, statuses(302, 404, 405), statuses(302)),
)

#: Of the house, which is published: its writers read it, and it is not written here any more.
WRITERS = frozenset({"editor", "admin"})


def registration(*, answer: Statuses, seen_by: frozenset[str] = WRITERS, **more: str) -> Rule:
    def objects(world: World) -> dict[str, Kwargs]:
        ids = {OWN_HIDDEN: world.at["house"].pk, HIDDEN: world.at["draft"].pk, MISSING: MISSING_ID}
        return {kind: {"pk": pk, **more} for kind, pk in ids.items()}

    return Rule(
        objects,
        seen_by={OWN_HIDDEN: seen_by, HIDDEN: frozenset(), MISSING: frozenset()},
        answer=answer,
        refused=by_actor(SIGNED_IN, statuses(404), statuses(302)),
        writes=by_actor(SIGNED_IN, statuses(302, 404, 405), statuses(302)),
    )


#: Of nobody here: to whoever is signed in it looks like one that does not exist.
INVITATION = Rule(
    lambda world: {HIDDEN: {"pk": world.at["invitation"].pk}, MISSING: {"pk": MISSING_ID}},
    seen_by={HIDDEN: frozenset(), MISSING: frozenset()},
    refused=by_actor(SIGNED_IN, statuses(404), statuses(302)),
    writes=by_actor(SIGNED_IN, statuses(404, 405), statuses(302)),
)
ASK_TO_JOIN = replace(
    by_slug("public", "draft", "house"),
    seen_by={PUBLIC: SIGNED_IN, OWN_HIDDEN: OWN, HIDDEN: frozenset()},
    refused=by_actor(SIGNED_IN, statuses(404), statuses(302)),
    writes=by_actor(SIGNED_IN, statuses(200, 404, 405), statuses(302)),
)
TAKE_BACK = Rule(
    lambda world: {HIDDEN: {"pk": world.at["claim"].pk}, MISSING: {"pk": MISSING_ID}},
    seen_by={HIDDEN: SIGNED_IN, MISSING: SIGNED_IN},
    answer=statuses(405),
    refused=always(302),
    writes=by_actor(SIGNED_IN, statuses(302, 404, 405), statuses(302)),
)

#: Who writes for an organization today; who only reads gets one sentence.
EDITING = ACTING - {"viewer"}


def for_writers(kwargs: Kwargs | None = None, *, writes: Statuses) -> Rule:
    """A form of the desk; whoever acts for nobody is led to registration."""
    return Rule(
        lambda _world: {NO_OBJECT: kwargs or {}},
        seen_by={NO_OBJECT: EDITING},
        refused=lambda actor: statuses(403) if actor in ACTING else statuses(302),
        writes=by_actor(ACTING, writes, statuses(302)),
    )


def of_commitment(
    *, seen: frozenset[str] = ACTING, answer: Statuses = frozenset({200}), writes: Statuses, **more: Any
) -> Rule:
    """A page of one's own commitment: to the people of others it does not exist."""

    def objects(world: World) -> dict[str, Kwargs]:
        ids = {OWN_HIDDEN: world.at["house_commitment"].pk, HIDDEN: world.at["hidden_commitment"].pk,
               MISSING: MISSING_ID}  # fmt: skip
        return {kind: {"pk": pk, **more} for kind, pk in ids.items()}

    house = frozenset({"viewer", "editor", "admin"})
    return Rule(
        objects,
        seen_by={OWN_HIDDEN: house & seen, HIDDEN: frozenset(), MISSING: frozenset()},
        answer=answer,
        refused=lambda actor: statuses(403, 404) if actor in ACTING else statuses(302),
        writes=by_actor(ACTING, writes, statuses(302)),
    )


def only_posted(objects: Callable[[World], Mapping[str, Kwargs]]) -> Rule:
    """A button of the desk, and no page."""
    return Rule(
        objects,
        seen_by=dict.fromkeys((HIDDEN, OWN_HIDDEN, MISSING), ACTING),
        answer=statuses(405),
        refused=always(302),
        writes=by_actor(ACTING, statuses(302, 403, 404, 405), statuses(302)),
    )


#: Dead links all look alike; whoever holds a living one gets its page.
LINK = Rule(
    lambda world: {PUBLIC: {"token": world.at["link"]}, MISSING: {"token": "nothing"}},
    seen_by={MISSING: frozenset()},
    refused=always(410),
    writes=always(200, 405, 410),
)
END = Rule(
    lambda world: {OWN_HIDDEN: {"pk": world.at["affiliation"].pk}, MISSING: {"pk": 424242}},
    seen_by={OWN_HIDDEN: frozenset({"admin"}), MISSING: frozenset()},
    refused=lambda actor: statuses(404) if actor == "admin" else statuses(403) if actor in ACTING else statuses(302),
    writes=by_actor(ACTING, statuses(403, 405), statuses(302)),
)
EVIDENCE = page(hidden=lambda world: {"pk": world.at["evidence_file"].pk}, missing=lambda _world: {"pk": MISSING_ID})

TABLE: dict[str, Rule] = {
    "home": LIST,
    "search": LIST,
    "about": LIST,
    "privacy": LIST,
    "accessibility": LIST,
    "imprint": LIST,
    "house_rules": LIST,
    "contact": Rule(writes=always(200, 405)),
    "wrong": WRONG,
    "secretariat": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "take": replace(
        secretariats(
            HIDDEN, MISSING,
            objects=lambda world: {
                HIDDEN: {"kind": "reports", "item": world.at["report"].pk},
                MISSING: {"kind": "reports", "item": MISSING_ID},
            },
            posts=statuses(302, 405),
        ),
        answer=statuses(405),
    ),
    "journal": of_kind("organization", "draft"),
    "take_down": of_kind("commitment", "hidden_commitment"),
    "records": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "records_of": secretariats(
        PUBLIC, objects=lambda _world: {PUBLIC: {"kind": "organization"}, MISSING: {"kind": "user"}},
        posts=statuses(404, 405),
    ),
    "for_many": replace(
        secretariats(
            PUBLIC,
            objects=lambda _world: {
                PUBLIC: {"kind": "organization", "action": "published"},
                MISSING: {"kind": "user", "action": "published"},
            },
            posts=statuses(302, 404, 405),
        ),
        answer=statuses(302),
    ),
    "curate_recommendation": replace(
        kept_for_secretariat("draft_recommendation", MISSING_ID),
        writes=by_actor(SECRETARIAT, statuses(404, 405, 409), OUTSIDE),
    ),
    "publish_recommendation": button(
        replace(
            kept_for_secretariat("recommendation", MISSING_ID),
            writes=by_actor(SECRETARIAT, statuses(302, 404, 405), OUTSIDE),
        )
    ),
    "answer_recommendation": kept_for_secretariat("draft_recommendation", MISSING_ID),
    "assess_recommendation": kept_for_secretariat("draft_recommendation", MISSING_ID),
    "follow_up": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "follow_up_recommendations": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "follow_up_overview": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "follow_up_overview_xlsx": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "follow_up_report": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "follow_up_xlsx": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "saved_views": of_kept_list(posts=statuses(405)),
    # Without a filter in the address there is nothing to keep: back to the list.
    "keep_view": replace(of_kept_list(posts=statuses(302)), answer=statuses(302)),
    "saved_view": of_saved_view(),
    "remind": kept_for_secretariat("house_commitment", MISSING_ID),
    "verify_commitment": kept_for_secretariat("house_commitment", MISSING_ID),
    "workspaces": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "workspace_begin": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(200, 405)),
    "workspace": of_draft(),
    "workspace_edit": of_draft(),
    "workspace_publish": of_draft(),
    "workspace_preview": of_draft(audience="public"),
    "workspace_capture": button(of_draft()),
    "workspace_source": of_draft(),
    "workspace_new_session": of_draft(),
    "workspace_session": of_draft(part="sessions"),
    "move_session": button(of_draft(part="sessions")),
    "move_output": button(of_draft(part="outputs")),
    "workspace_new_part": of_draft("people"),
    "workspace_part": of_draft("people", "contributions"),
    "participants": of_draft(),
    "participants_table": of_draft(what="participants", ending="csv"),
    "organizations_import": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(200, 405)),
    "organizations_table": secretariats(
        NO_OBJECT,
        objects=lambda _world: {NO_OBJECT: {"what": "organizations", "ending": "csv"}},
        posts=statuses(405),
    ),
    "import_runs": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "import_run": kept_for_secretariat("import_run", MISSING_ID),
    "import_row": secretariats(
        HIDDEN,
        objects=lambda world: {
            HIDDEN: {"pk": world.at["import_run"].pk, "number": 4242425},
            MISSING: {"pk": MISSING_ID, "number": 4242425},
        },
        posts=statuses(200, 302, 404, 405),
    ),
    "output_to_recommendation": FROM_OUTPUT,
    "output_to_commitment": FROM_OUTPUT,
    "report": kept_for_secretariat("report", MISSING_ID),
    "given_up": kept_for_secretariat("given_up", 4242424202),
    "settings": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(200, 403, 405, 409)),
    "team": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(200, 403, 405)),
    "text_list": secretariats(NO_OBJECT, objects=Rule().objects, posts=statuses(405)),
    "text": secretariats(
        PUBLIC,
        objects=lambda _world: {
            PUBLIC: {"key": "about", "language": "en"},
            MISSING: {"key": "about", "language": "xx"},
        },
        posts=statuses(200, 302, 403, 404, 405, 409),
    ),
    "organizations:confirm": CONFIRM,
    "account": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(405), statuses(302)),
    ),
    "desk:now": ON_THE_DESK,
    "desk:act_for": ACT_FOR,
    "desk:profile": replace(
        ON_THE_DESK, writes=by_actor(ACTING, statuses(302, 403, 404, 405), statuses(302))
    ),
    "desk:edit": for_writers({"part": "names"}, writes=statuses(403, 405, 409)),
    "desk:people": replace(ON_THE_DESK, writes=by_actor(ACTING, statuses(200, 403, 405), statuses(302))),
    "desk:end": END,
    "desk:public": ON_THE_DESK,
    "desk:commitments": ON_THE_DESK,
    "desk:commitment_begin": for_writers(writes=statuses(200, 403, 405)),
    "desk:commitment": of_commitment(writes=statuses(302, 403, 404, 405)),
    "desk:commitment_step": of_commitment(
        seen=EDITING, answer=statuses(302), writes=statuses(302, 403, 404), step="what"
    ),
    "desk:commitment_advice": replace(
        of_commitment(writes=statuses(200, 404, 405)),
        seen_by=dict.fromkeys((HIDDEN, OWN_HIDDEN, MISSING), ACTING),
        answer=statuses(405),
    ),
    "desk:report": of_commitment(seen=EDITING, writes=statuses(200, 403, 404, 405)),
    "desk:commitment_withdraw": of_commitment(writes=statuses(200, 404, 405)),
    "desk:commitment_date": of_commitment(writes=statuses(200, 404, 405)),
    "desk:reach": only_posted(
        lambda world: {
            OWN_HIDDEN: {"pk": world.at["house_commitment"].pk, "milestone": MISSING_ID},
            MISSING: {"pk": MISSING_ID, "milestone": MISSING_ID},
        }
    ),
    "desk:answer_partner": only_posted(lambda _world: {MISSING: {"pk": MISSING_ID}}),
    "commitments:evidence": EVIDENCE,
    "group_commit": replace(GROUP, writes=always(200, 404, 405)),
    "group_code": GROUP,
    "link": LINK,
    "review_commitment": kept_for_secretariat("house_commitment", MISSING_ID),
    "register": LIST,
    "registration_begin": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(200, 405), statuses(302)),
    ),
    "registration": registration(answer=statuses(200), seen_by=WRITERS | {"viewer"}),
    "registration_step": registration(answer=statuses(302), step="names"),
    "invitation": INVITATION,
    "ask_to_join": ASK_TO_JOIN,
    "take_back_claim": TAKE_BACK,
    "review_organization": kept_for_secretariat("draft", MISSING_ID),
    "choose_successor": for_administrators("draft"),
    "merge": for_administrators("draft", into="public"),
    "review_claim": kept_for_secretariat("claim", MISSING_ID),
    "review_profile_change": kept_for_secretariat("profile_change", MISSING_ID),
    "robots": LIST,
    "sitemap": LIST,
    "sitemap_part": for_programs(
        public=lambda _world: {"kind": "commitment"}, missing=lambda _world: {"kind": "nowhere"}
    ),
    # An empty form is shown again with its error.
    "account_edit": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(200, 405), statuses(302)),
    ),
    "account_mails": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(302, 405), statuses(302)),
    ),
    "account_data": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(405), statuses(302)),
    ),
    # These accounts have no password that could be asked for again; nobody ticked that they are sure.
    "account_leave": Rule(
        seen_by={NO_OBJECT: SIGNED_IN},
        answer=statuses(200, 302),
        refused=always(302),
        writes=by_actor(SIGNED_IN, statuses(200, 302, 405), statuses(302)),
    ),
    "usersessions_list": ACCOUNT,
    "favicon": Rule(answer=statuses(302), writes=always(302)),  # whatever the method
    "live": LIST,
    "ready": LIST,
    "mailbox": LIST,  # on somebody's own machine only, where the checks for deployment see to it
    "mail": Rule(lambda _world: {MISSING: {"name": "nowhere"}}),
    "progress*": LIST,
    "*:csv": LIST,
    "pillars:list": LIST,
    "pillars:detail": by_slug("pillar", column="code"),
    "instruments:detail": by_slug("instrument", column="code"),
    "networks:detail": by_slug("network", column="code"),
    "organizations:list": LIST,
    "organizations:detail": by_slug("public", "draft", "house"),
    "workshops:list": LIST,
    "*s:feed": LIST,
    "workshops:calendar_all": LIST,
    "workshops:calendar": ONE_WORKSHOP,
    "workshops:report": ONE_WORKSHOP,
    "workshops:detail": by_slug("workshop", "draft_workshop"),
    "workshops:thread": by_slug("workshop", "draft_workshop"),
    "workshops:group": GROUP,
    "resources:list": LIST,
    "recommendations:list": LIST,
    "recommendations:detail": by_slug("recommendation", "draft_recommendation", column="reference"),
    "declarations:detail": by_slug("declaration", "draft_declaration"),
    "recommendations:by_id": led_on("recommendation", "draft_recommendation"),
    "commitments:list": LIST,
    "commitments:by_id": led_on("commitment", "hidden_commitment", "house_commitment"),
    "commitments:detail": by_slug("commitment", "hidden_commitment", "house_commitment", column="reference"),
    "account_*": ACCOUNT,
    "mfa_*": ACCOUNT,
    "api:root": LIST,
    "api:changes": LIST,
    "api:schema": LIST,
    "api:docs": LIST,
    "api:nothing": Rule(answer=statuses(404), writes=always(404)),
    "api:*-list": LIST,
    "api:networks-detail": by_id("network"),
    "api:organizations-detail": by_id("public", "members_only", "house"),
    "api:workshops-detail": by_id("workshop", "draft_workshop"),
    "api:workshops-thread": by_id("workshop", "draft_workshop"),
    "api:sessions-detail": by_id("session", "hidden_session"),
    "api:working-groups-detail": by_id("group", "off_record_group"),
    "api:outputs-detail": by_id("output", "hidden_output"),
    "api:pillars-detail": by_id("pillar"),
    "api:provisions-detail": by_id("provision"),
    "api:recommendations-detail": by_id("recommendation", "buried"),
    "api:declarations-detail": by_id("declaration", "draft_declaration"),
    "api:resources-detail": by_id("resource"),
    "api:commitments-detail": by_id("commitment", "hidden_commitment", "house_commitment"),
} | admin_rules()  # fmt: skip


def rule_for(name: str) -> Rule | None:
    return TABLE.get(name) or next((rule for pattern, rule in TABLE.items() if fnmatchcase(name, pattern)), None)
