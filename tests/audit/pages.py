"""Every page of ours, with the addresses it is looked at under. An address that is in neither table fails the audit.

A list is seen whole, filtered, empty, with an error in a filter and on its second page; a record with everything, with
almost nothing, real and invented; a form also after it was sent empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial

from playwright.sync_api import Page

from tests.audit.visit import Example
from tests.audit.world import ADMIN, ADMINISTRATOR, CAREFUL, CURATOR, EDITOR, PERSON, SETTLED, URGENT, World

#: Texts that the secretariat writes; each has a page.
TEXTS = ("about", "privacy", "accessibility", "imprint", "house_rules")
#: What is no page of ours, by route, and why it is not looked at.
NOT_PAGES = {
    "admin:*": "Django's own administration",
    "api:*": "documents for machines, and the interactive console, which comes from a library",
    "*:feed": "a feed for machines",
    "*:csv": "a table for machines",
    "progress_horizon": "a table for machines",
    "progress_pillars": "a table for machines",
    "progress_months": "a table for machines",
    "follow_up_xlsx": "a table for machines",
    "follow_up_overview_xlsx": "a table for machines",
    "workshops:calendar*": "a calendar for machines",
    "workshops:report": "a printed report",
    "desk:act_for": "a button, no page",
    "participants_table": "a table for machines",
    "organizations_table": "a table for machines",
    "take": "a button, no page",
    "workspace_capture": "a button, no page",
    "move_session": "a button, no page",
    "move_output": "a button, no page",
    "publish_recommendation": "a button, no page",
    "for_many": "a button's answer: seen from the lists it stands below",
    "desk:reach": "a button, no page",
    "desk:answer_partner": "a button, no page",
    "desk:commitment_advice": "a piece of a page",
    "take_back_claim": "a button, no page",
    "account_data": "a file for machines",
    "commitments:evidence": "a file",
    "group_code": "a picture",
    "mfa_login_webauthn": "for the script of a passkey",
    "mfa_reauthenticate_webauthn": "asks for a key that only a device holds",
    "favicon": "a picture",
    "live": "a word for machines",
    "ready": "a word for machines",
    "robots": "rules for machines",
    "sitemap*": "addresses for machines",
    "organizations:confirm": "a button: it only takes POST",
    "mfa_download_recovery_codes": "a file of plain text",
    "account_inactive": "the account of nobody is closed: nothing leads here",
    "account_set_password": "every account has a password: leads to changing it",
    "account_confirm_login_code": "nobody signs in by a code: leads to signing in",
}
#: Pages that have no address of their own.
ERRORS, STYLEGUIDE = "errors", "the styleguide"
WITHOUT_ROUTE = (ERRORS, STYLEGUIDE)


def pages(world: World) -> dict[str, Sequence[Example]]:
    return {
        **_roof(world),
        **_promises(world),
        **_records(world),
        **_secretariat(world),
        **_accounts(world),
        ERRORS: _errors(world),
        STYLEGUIDE: [
            Example("/styleguide/", body=partial(world.styleguide, "Styleguide")),
            Example("/styleguide/rtl/", body=partial(world.styleguide, "RightToLeft"), speaks="ar"),
        ],
    }


def undeclared(names: Sequence[str], declared: Mapping[str, Sequence[Example]]) -> list[str]:
    """Routes that are in no table, and entries of a table without a route."""
    known = [*declared, *NOT_PAGES]
    unknown = [f"no example for the route {name}" for name in names if not any(fnmatchcase(name, k) for k in known)]
    gone = [
        f"no route {each}"
        for each in known
        if each not in WITHOUT_ROUTE and not any(fnmatchcase(n, each) for n in names)
    ]
    return unknown + gone


def _roof(world: World) -> dict[str, Sequence[Example]]:
    return {
        "home": [
            Example("/"),
            Example("/", act=_unfold, note="unfolded"),
            Example("/", CURATOR),
            Example("/", EDITOR),
            Example("/", asks="it", note="browser asks for Italian"),
        ],
        "account": [Example("/account/", ADMIN), Example("/account/", PERSON), Example("/account/", ADMINISTRATOR)],
        "desk:now": [
            Example("/desk/", EDITOR),
            Example("/desk/", CURATOR, lands="/secretariat/"),
            Example("/desk/", PERSON, lands="/register/"),
        ],
        "desk:profile": [Example("/desk/profile/", EDITOR), Example("/desk/profile/", ADMIN)],
        "desk:edit": [
            *(Example(f"/desk/profile/{part}/", ADMIN) for part in ("names", "place", "work", "appearance")),
            _sent_empty("/desk/profile/names/", EDITOR),
        ],
        "desk:people": [
            Example("/desk/people/", ADMIN),
            Example("/desk/people/", ADMIN, act=_unfold, note="unfolded"),
            Example("/desk/people/", EDITOR),
            _sent_empty("/desk/people/", ADMIN, form="main form:has([name=email])"),
        ],
        "desk:end": [Example(f"/desk/people/{world.affiliation(EDITOR)}/end/", ADMIN)],
        "desk:public": [Example("/desk/public/", EDITOR)],
        "register": [Example("/register/"), Example("/register/", PERSON)],
        "registration_begin": [
            Example("/register/begin/", PERSON),
            _sent_empty("/register/begin/", PERSON),
        ],
        "registration": [Example(f"/register/{world.registration()}/", CAREFUL)],
        "registration_step": [
            *(
                Example(f"/register/{world.registration()}/{step}/", CAREFUL)
                for step in ("names", "place", "work", "people", "appearance")
            ),
            Example(f"/register/{world.registration()}/place/", CAREFUL, act=_unfold, note="unfolded"),
            _sent_empty(f"/register/{world.registration()}/names/", CAREFUL),
        ],
        "invitation": [
            Example(f"/invitation/{world.invitation()}/", PERSON, note="mine"),
            Example(f"/invitation/{world.invitation()}/", EDITOR, status=404, note="of somebody else"),
        ],
        "ask_to_join": [
            Example("/organizations/libera/join/", PERSON),
            _sent_empty("/organizations/libera/join/", PERSON),
        ],
        "account_edit": [Example("/account/edit/", PERSON)],
        "account_mails": [Example("/account/mails/", PERSON)],
        "account_leave": [Example("/account/leave/", PERSON), Example("/account/leave/", ADMIN)],
        "usersessions_list": [Example("/accounts/sessions/", PERSON)],
        "link": [
            Example("/link/nothing/", status=410),
            Example(f"/link/{world.link_to_report('register')}/", note="to report"),
            Example(f"/link/{world.link_to_drafts()}/", PERSON, note="to drafts"),
        ],
        "mailbox": [Example("/mailbox/")],
        "mail": [Example(f"/mailbox/{world.mail()}/")],
        "search": _list("/search/", "q=register", "q=asset+recovery&kind=commitment", "q=no-such-word-anywhere", "q=a"),
        **{name: [Example(f"/{name.replace('_', '-')}/")] for name in TEXTS},
        "contact": [Example("/contact/"), Example("/contact/", EDITOR), _sent_empty("/contact/")],
        "wrong": [
            Example(f"/contact/wrong/commitment/{world.commitment_id('register')}/"),
            _sent_empty(f"/contact/wrong/commitment/{world.commitment_id('register')}/"),
        ],
    }


def _promises(world: World) -> dict[str, Sequence[Example]]:
    draft, published = world.commitment_id("twelve-schools"), world.commitment_id("register")
    group = "/workshops/demonstration-follow-up/groups/p4/commit/"
    return {
        "desk:commitments": [Example("/desk/commitments/", EDITOR)],
        "desk:commitment_begin": [
            Example("/desk/commitments/new/", EDITOR),
            _sent_empty("/desk/commitments/new/", EDITOR),
        ],
        "desk:commitment": [
            Example(f"/desk/commitments/{draft}/", EDITOR, note="changes requested"),
            Example(f"/desk/commitments/{published}/", ADMIN, note="published"),
        ],
        "desk:commitment_step": [
            *(
                Example(f"/desk/commitments/{draft}/write/{step}/", EDITOR)
                for step in ("what", "measure", "when", "links")
            ),
            Example(f"/desk/commitments/{draft}/write/links/", EDITOR, act=_unfold, note="unfolded"),
            _sent_empty(f"/desk/commitments/{draft}/write/what/", EDITOR),
        ],
        "desk:report": [
            Example(f"/desk/commitments/{published}/report/", EDITOR),
            Example(f"/desk/commitments/{published}/report/", EDITOR, act=_unfold, note="unfolded"),
            _sent_empty(f"/desk/commitments/{published}/report/", EDITOR),
        ],
        "desk:commitment_withdraw": [Example(f"/desk/commitments/{published}/withdraw/", ADMIN)],
        "desk:commitment_date": [
            Example(f"/desk/commitments/{published}/date/", EDITOR),
            _sent_empty(f"/desk/commitments/{published}/date/", EDITOR),
        ],
        "group_commit": [Example(group), Example(group, EDITOR), _sent_empty(group)],
    }


def _workspaces(world: World) -> dict[str, Sequence[Example]]:
    at, session, output = world.workspace("workshop"), world.workspace("session"), world.workspace("output")
    desk = f"/secretariat/workshops/{at}/"
    double = world.organization("northern-watch")
    recommendation = f"/secretariat/recommendations/{world.recommendation_id('councils')}/"
    return {
        "workspaces": [Example("/secretariat/workshops/", CURATOR)],
        "workspace_begin": [
            Example("/secretariat/workshops/new/", CURATOR),
            _sent_empty("/secretariat/workshops/new/", CURATOR),
        ],
        "workspace": [Example(desk, CURATOR)],
        "workspace_edit": [Example(f"{desk}edit/", CURATOR)],
        "workspace_publish": [Example(f"{desk}publish/", CURATOR)],
        "workspace_preview": [Example(f"{desk}preview/public/", CURATOR)],
        "workspace_source": [Example(f"{desk}sources/new/", CURATOR)],
        "workspace_new_session": [Example(f"{desk}sessions/new/?day=1", CURATOR)],
        "workspace_session": [
            Example(f"{desk}sessions/{session}/", CURATOR),
            _sent_empty(f"{desk}sessions/{session}/", CURATOR),
        ],
        "workspace_new_part": [Example(f"{desk}people/new/", CURATOR), Example(f"{desk}figures/new/", CURATOR)],
        "workspace_part": [Example(f"{desk}outputs/{output}/", CURATOR)],
        "choose_successor": [
            Example(f"/secretariat/organizations/{double}/merge/", ADMINISTRATOR),
            Example(f"/secretariat/organizations/{double}/merge/?q=o", ADMINISTRATOR),
            Example(f"/secretariat/organizations/{double}/merge/", CURATOR, status=403),
        ],
        "merge": [
            Example(
                f"/secretariat/organizations/{double}/merge/{world.organization('lantern-association')}/", ADMINISTRATOR
            ),
            _sent_empty(
                f"/secretariat/organizations/{double}/merge/{world.organization('lantern-association')}/", ADMINISTRATOR
            ),
        ],
        "records": [Example("/secretariat/records/", CURATOR)],
        "records_of": [
            Example("/secretariat/records/recommendation/", CURATOR),
            Example("/secretariat/records/commitment/?state=nonsense", CURATOR),
            Example("/secretariat/records/commitment/?q=no-such-commitment", CURATOR),
            Example(
                "/secretariat/records/organization/",
                CURATOR,
                act=partial(_decide_for_all, 0),
                lands="/secretariat/records/organization/published/",
                note="to publish",
            ),
            Example(
                "/secretariat/records/recommendation/",
                CURATOR,
                act=partial(_decide_for_all, 1),
                lands="/secretariat/records/recommendation/tagged/",
                note="to tag",
            ),
        ],
        "curate_recommendation": [
            Example(f"{recommendation}", CURATOR, note="draft"),
            _sent_empty(f"{recommendation}", CURATOR, form="main form[data-keep]"),
        ],
        "answer_recommendation": [
            Example(f"{recommendation}answers/new/", CURATOR),
            _sent_empty(f"{recommendation}answers/new/", CURATOR),
        ],
        "assess_recommendation": [Example(f"{recommendation}assessments/new/", CURATOR)],
        "participants": [
            Example(f"{desk}participants/", CURATOR),
            Example(f"{desk}participants/", CURATOR, act=_unfold, note="unfolded"),
            _sent_empty(f"{desk}participants/", CURATOR),
        ],
        "organizations_import": [Example("/secretariat/organizations/import/", CURATOR)],
        "import_runs": [Example("/secretariat/imports/", CURATOR)],
        "import_run": [
            Example(f"/secretariat/imports/{world.import_run(state)}/", CURATOR, note=state)
            for state in ("uploaded", "checking", "checked", "done")
        ],
        "import_row": [Example(f"/secretariat/imports/{world.import_run('checked')}/rows/2/", CURATOR)],
        "output_to_recommendation": [Example(f"/secretariat/outputs/{output}/recommendation/", CURATOR)],
        "output_to_commitment": [
            Example(f"/secretariat/outputs/{output}/commitment/", CURATOR),
            _sent_empty(f"/secretariat/outputs/{output}/commitment/", CURATOR),
        ],
    }


def _secretariat(world: World) -> dict[str, Sequence[Example]]:
    open_one, settled = world.message(URGENT), world.message(SETTLED)
    return {
        "secretariat": [Example("/secretariat/", CURATOR), Example("/secretariat/?kind=reports", ADMINISTRATOR)],
        "report": [
            Example(f"/secretariat/messages/{open_one}/", CURATOR, note="open"),
            _sent_empty(f"/secretariat/messages/{open_one}/", CURATOR),
            Example(f"/secretariat/messages/{settled}/", CURATOR, note="settled"),
        ],
        "review_organization": [
            Example(f"/secretariat/organizations/{world.organization('northern-watch')}/", CURATOR, note="submitted"),
            _sent_empty(
                f"/secretariat/organizations/{world.organization('northern-watch')}/", CURATOR, button="[value=decline]"
            ),
        ],
        **_workspaces(world),
        "journal": [
            Example(f"/secretariat/journal/workshop/{world.workspace('workshop')}/", CURATOR),
            Example(f"/secretariat/journal/commitment/{world.commitment_id('register')}/", ADMINISTRATOR),
        ],
        "follow_up": [
            Example("/secretariat/follow-up/", CURATOR),
            Example("/secretariat/follow-up/?due=overdue", CURATOR),
            Example("/secretariat/follow-up/?due=never", CURATOR),
        ],
        "follow_up_recommendations": [
            Example("/secretariat/follow-up/recommendations/", CURATOR),
            Example("/secretariat/follow-up/recommendations/?answer=accepted&promised=no", CURATOR),
            Example("/secretariat/follow-up/recommendations/?assessment=never", CURATOR),
        ],
        "follow_up_overview": [
            Example("/secretariat/follow-up/overview/", CURATOR),
            Example("/secretariat/follow-up/overview/?by=organization&pillar=p1", CURATOR),
            Example("/secretariat/follow-up/overview/?by=nothing", CURATOR),
        ],
        "follow_up_report": [
            Example("/secretariat/follow-up/report/", CURATOR),
            Example("/secretariat/follow-up/report/?since=2026-02-01&until=2026-01-01", CURATOR),
        ],
        "saved_views": [
            Example("/secretariat/views/follow_up/", CURATOR),
            Example("/secretariat/views/follow_up_recommendations/", CURATOR, note="empty"),
        ],
        "keep_view": [
            Example("/secretariat/views/follow_up/new/?due=overdue", CURATOR),
            _sent_empty("/secretariat/views/follow_up/new/?due=overdue", CURATOR),
        ],
        "saved_view": [Example(f"/secretariat/views/follow_up/{world.saved_view()}/", CURATOR)],
        "remind": [Example(f"/secretariat/follow-up/{world.commitment_id('register')}/remind/", CURATOR)],
        "verify_commitment": [
            Example(f"/secretariat/follow-up/{world.commitment_id('register')}/verify/", CURATOR),
            _sent_empty(f"/secretariat/follow-up/{world.commitment_id('register')}/verify/", CURATOR),
        ],
        "take_down": [
            Example(f"/secretariat/take-down/commitment/{world.commitment_id('register')}/", CURATOR),
            _sent_empty(f"/secretariat/take-down/commitment/{world.commitment_id('register')}/", CURATOR),
        ],
        "review_commitment": [Example(f"/secretariat/commitments/{world.submitted()}/", CURATOR)],
        "review_claim": [Example(f"/secretariat/claims/{world.claim()}/", CURATOR)],
        "review_profile_change": [Example(f"/secretariat/profile-changes/{world.profile_change()}/", CURATOR)],
        "given_up": [Example(f"/secretariat/mails/{world.given_up()}/", CURATOR)],
        "settings": [Example("/secretariat/settings/", CURATOR), Example("/secretariat/settings/", ADMINISTRATOR)],
        "team": [
            Example("/secretariat/settings/team/", CURATOR),
            Example("/secretariat/settings/team/", ADMINISTRATOR),
            Example("/secretariat/settings/team/", ADMINISTRATOR, act=_unfold, note="unfolded"),
        ],
        "text_list": [Example("/secretariat/texts/", CURATOR)],
        "text": [
            Example("/secretariat/texts/about/en/", CURATOR),
            Example("/secretariat/texts/privacy/it/", ADMINISTRATOR),
        ],
    }


def _list(path: str, *queries: str) -> list[Example]:
    """A list as everybody, with what every list has, and with filters of its own."""
    return [Example(path), *(Example(f"{path}?{query}") for query in queries)]


def _records(world: World) -> dict[str, Sequence[Example]]:
    def commitment(key: str, *readers: str) -> list[Example]:
        path = f"/commitments/{world.commitment(key)}/"
        return [Example(path, note=key), *(Example(path, reader, note=key) for reader in readers)]

    def recommendation(reference: str, *readers: str) -> list[Example]:
        path = f"/recommendations/{reference}/"
        return [Example(path), *(Example(path, reader) for reader in readers)]

    first = world.commitment("register")
    return {
        "pillars:list": [Example("/pillars/")],
        "pillars:detail": [Example(f"/pillars/{code}/") for code in ("p1", "p4", "f1")],
        "instruments:detail": [Example("/instruments/UNTOC/"), Example("/instruments/FA/")],
        "networks:detail": [Example("/networks/net4u-europe/"), Example("/networks/net4u-africa/")],
        "organizations:list": [
            *_list(
                "/organizations/",
                "country=IT&pillar=p4",
                "q=no-such-organization",
                "country=nowhere&pillar=p9",
                "colour=red",
                "page=2",
            ),
            Example("/organizations/", act=_unfold, note="unfolded"),
            Example("/organizations/", EDITOR),
            Example("/organizations/", CURATOR),
        ],
        "organizations:detail": [
            Example("/organizations/second-house-cooperative/"),
            Example("/organizations/second-house-cooperative/", ADMIN),
            Example("/organizations/libera/"),
            Example("/organizations/unicri/"),
            Example("/organizations/window-street-youth-centre/"),
            Example("/organizations/sheltered-path/", CURATOR),
            Example("/organizations/northern-watch/", CURATOR),
            Example("/organizations/olive-press-media-lab/", CURATOR),
        ],
        "workshops:list": _list("/workshops/", "year=2024", "kind=training", "kind=nothing&year=0", "colour=red"),
        "workshops:detail": [
            Example("/workshops/rome-2025/"),
            Example("/workshops/rome-2025/", act=_unfold, note="unfolded"),
            Example("/workshops/vienna-2019/"),
            Example("/workshops/cop12-2024/"),
            Example("/workshops/ccpcj-33/"),
            Example("/workshops/demonstration-follow-up/"),
            Example("/workshops/demonstration-next-reading/"),
            Example("/workshops/demonstration-round-table/", CURATOR),
        ],
        "workshops:thread": [
            Example("/workshops/demonstration-follow-up/thread/"),
            Example("/workshops/rome-2025/thread/"),
            Example("/workshops/vienna-2019/thread/"),
        ],
        "workshops:group": [
            Example("/workshops/rome-2025/groups/wg1/"),
            Example("/workshops/demonstration-follow-up/groups/p4/"),
        ],
        "resources:list": _list("/resources/", "kind=toolkit", "q=no-such-thing", "kind=nothing"),
        "recommendations:list": _list(
            "/recommendations/",
            "pillar=p4",
            "q=no-such-recommendation",
            "pillar=p9&made_in=x",
            "workshop=demonstration-follow-up",
        ),
        "recommendations:detail": [
            *recommendation(world.recommendation("list"), CURATOR),
            *recommendation(world.recorded(0)),
            Example(f"/recommendations/{world.recommendation('media')}/", CURATOR, note="withdrawn"),
        ],
        "recommendations:by_id": [
            Example(
                f"/recommendations/{world.recommendation_id('list')}/",
                lands=f"/recommendations/{world.recommendation('list')}/",
            ),
            Example(f"/recommendations/{world.recommendation_id('councils')}/", CURATOR, note="draft"),
        ],
        "declarations:detail": [Example("/declarations/civil-society-declaration-2024/")],
        "commitments:list": [
            *_list(
                "/commitments/",
                "due=overdue",
                "completion=complete&horizon=short",
                "q=no-such-commitment",
                "due_after=someday&pillar=p9",
                f"answers={world.recommendation('list')}",
                "page=2",
            ),
            Example("/commitments/", act=_unfold, note="unfolded"),
            Example("/commitments/", CURATOR),
            Example("/commitments/", EDITOR),
        ],
        "progress": [Example("/progress/")],
        "progress_dates": _list(
            "/progress/dates/", "month=2026-07&kept=late", "month=1999-01", "month=never&kept=often"
        ),
        "commitments:detail": [
            *commitment("register", EDITOR),
            *commitment("key-to-kitchen"),
            *commitment("paid-work"),
            *commitment("open-tool"),
            *commitment("telephone-check"),
            *commitment("lawyer-next-day"),
            Example(f"/commitments/{world.commitment('mobile-desk')}/", CURATOR, note="withdrawn"),
            Example(f"/commitments/{world.commitment('second-address')}/", CURATOR, note="of a hidden organization"),
        ],
        "commitments:by_id": [
            Example(f"/commitments/{world.commitment_id('register')}/", lands=f"/commitments/{first}/"),
            Example(f"/commitments/{world.commitment_id('twelve-schools')}/", EDITOR, note="changes requested"),
            Example(f"/commitments/{world.commitment_id('shame')}/", CURATOR, note="almost empty"),
        ],
    }


def _accounts(world: World) -> dict[str, Sequence[Example]]:
    user, key = world.reset_key()
    code = partial(_sign_in, f"{CAREFUL}@example.org", world.password)
    wrong = partial(_sign_in, f"{PERSON}@example.org", "not the password")
    return {
        "account_login": [
            Example("/accounts/login/"),
            _sent_empty("/accounts/login/"),
            Example("/accounts/login/", act=wrong, note="wrong password"),
        ],
        "account_logout": [Example("/accounts/logout/", PERSON)],
        "account_signup": [Example("/accounts/signup/"), _sent_empty("/accounts/signup/")],
        "account_reauthenticate": [
            Example("/accounts/reauthenticate/", PERSON),
            _sent_empty("/accounts/reauthenticate/", PERSON),
        ],
        "account_email": [
            Example("/accounts/email/", PERSON),
            Example("/accounts/email/", EDITOR),
            _sent_empty("/accounts/email/", EDITOR),
        ],
        "account_email_verification_sent": [Example("/accounts/confirm-email/")],
        "account_change_password": [
            Example("/accounts/password/change/", PERSON),
            _sent_empty("/accounts/password/change/", PERSON),
        ],
        "account_reset_password": [Example("/accounts/password/reset/"), _sent_empty("/accounts/password/reset/")],
        "account_confirm_email": [
            Example(f"/accounts/confirm-email/{world.confirmation_key()}/", note="waiting"),
            Example("/accounts/confirm-email/nothing/"),
        ],
        "account_reset_password_from_key_done": [Example("/accounts/password/reset/key/done/")],
        "account_reset_password_from_key": [
            Example(
                f"/accounts/password/reset/key/{user}-{key}/",
                lands=f"/accounts/password/reset/key/{user}-set-password/",
                note="asked for",
            ),
            Example("/accounts/password/reset/key/1-nothing/"),
        ],
        "account_reset_password_done": [Example("/accounts/password/reset/done/")],
        "mfa_index": [Example("/accounts/2fa/", PERSON), Example("/accounts/2fa/", CAREFUL)],
        "mfa_authenticate": [
            Example("/accounts/login/", act=code, lands="/accounts/2fa/authenticate/", note="with a second factor")
        ],
        "mfa_reauthenticate": [Example("/accounts/2fa/reauthenticate/", CAREFUL)],
        "mfa_activate_totp": [
            Example("/accounts/2fa/totp/activate/", EDITOR),
            _sent_empty("/accounts/2fa/totp/activate/", EDITOR),
        ],
        "mfa_deactivate_totp": [Example("/accounts/2fa/totp/deactivate/", CAREFUL)],
        "mfa_view_recovery_codes": [Example("/accounts/2fa/recovery-codes/", CAREFUL)],
        "mfa_list_webauthn": [Example("/accounts/2fa/webauthn/", PERSON)],
        "mfa_add_webauthn": [Example("/accounts/2fa/webauthn/add/", EDITOR)],
        "mfa_edit_webauthn": [Example(f"/accounts/2fa/webauthn/keys/{world.passkey()}/edit/", ADMINISTRATOR)],
        "mfa_remove_webauthn": [Example(f"/accounts/2fa/webauthn/keys/{world.passkey()}/remove/", ADMINISTRATOR)],
        "mfa_generate_recovery_codes": [Example("/accounts/2fa/recovery-codes/generate/", CAREFUL)],
    }


def _errors(world: World) -> list[Example]:
    return [
        Example("/nowhere/", status=404),
        Example("/commitments/nowhere/", EDITOR, status=404),
        Example("/organizations/?page=99", status=404),
        Example("/secretariat/", PERSON, status=403),
        Example("/accounts/login/", status=403, act=_without_cookies, note="without cookies"),
        *(
            Example(f"/{status}/", status=status, body=partial(world.error_page, status), note="an error of ours")
            for status in (400, 429, 500)
        ),
    ]


# -- what is done on a page ----------------------------------------------------------------------------------


#: The form that a page is about, and the button that sends it.
FORM, BUTTON = "main form[method=post]", "button[type=submit]"


def _sent_empty(path: str, reader: str = "nobody", *, form: str = FORM, button: str = BUTTON) -> Example:
    return Example(path, reader, act=partial(_send_empty, form, button), note="sent empty")


def _send_empty(form: str, button: str, page: Page) -> None:
    page.locator(form).first.evaluate(
        "form => form.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio]), textarea')"
        ".forEach(each => { each.value = '' })"
    )
    _send(page, form, button)


def _send(page: Page, form: str = FORM, button: str = BUTTON) -> None:
    """The browser itself would not send what it knows to be wrong: the server's own answer is looked at."""
    sent = page.locator(form).first
    sent.evaluate("form => { form.noValidate = true }")
    with page.expect_navigation():
        sent.locator(button).first.click()


def _decide_for_all(action: int, page: Page) -> None:
    """The first two rows are ticked; the buttons stand in the same order in every language."""
    for tick in page.locator("main form input[name=chosen]").all()[:2]:
        tick.check()
    with page.expect_navigation():
        page.locator("main .with-ticked button").nth(action).click()


def _unfold(page: Page) -> None:
    """Everything but what opens over the page: one covers the other."""
    page.locator("header .roof-menu > summary").or_(page.locator("main details:not([open]) > summary")).evaluate_all(
        "all => all.filter(each => each.checkVisibility()).forEach(each => { each.parentElement.open = true })"
    )


def _sign_in(address: str, password: str, page: Page) -> None:
    page.fill("[name=login]", address)
    page.fill("[name=password]", password)
    _send(page)


def _without_cookies(page: Page) -> None:
    page.context.clear_cookies()
    _send(page)
