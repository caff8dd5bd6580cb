"""Predicates every package builds on. They read the account's role and nothing else."""

from __future__ import annotations

from typing import Any

import rules


@rules.predicate
def is_secretariat(user: Any) -> bool:
    """Curators do the daily work; administrators may do everything a curator may."""
    return bool(user.is_active and getattr(user, "secretariat_role", "none") in {"curator", "administrator"})


@rules.predicate
def is_administrator(user: Any) -> bool:
    return bool(user.is_active and getattr(user, "secretariat_role", "none") == "administrator")


#: Django admin's four questions, for records that only the secretariat's administrators edit there.
ADMIN_EDITS = {"view": is_secretariat, "add": is_administrator, "change": is_administrator, "delete": is_administrator}
#: … and for records that the admin only shows.
ADMIN_SHOWS = {"view": is_secretariat}

rules.add_perm("base.view_journalentry", is_administrator)
rules.add_perm("base.view_document", is_secretariat)
# The journal of one record, in words, without the names of who acts for an organization.
rules.add_perm("base.view_journal", is_secretariat)
rules.add_perm("base.take_down", is_secretariat)
rules.add_perm("base.view_outboxmessage", is_administrator)
rules.add_perm("base.view_reminder", is_secretariat)

rules.add_perm("base.view_report", is_secretariat)
rules.add_perm("base.settle_report", is_secretariat)
rules.add_perm("base.settle_outboxmessage", is_secretariat)
rules.add_perm("base.take_inbox", is_secretariat)
# Whoever may import anything at all; each kind of import has a permission of its own besides.
rules.add_perm("base.run_import", is_secretariat)
