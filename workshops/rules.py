import rules

from net4u.base.rules import ADMIN_SHOWS, is_administrator, is_secretariat

#: Workshop records are the secretariat's own; undoing a take-down is an administrator's decision.
WORKSHOP_PERMISSIONS = ADMIN_SHOWS | {
    "curate": is_secretariat,
    "publish": is_secretariat,
    "withdraw": is_secretariat,
    "restore": is_administrator,
}

# The people of a list are nobody's business but the secretariat's.
rules.add_perm("workshops.import_participants", is_secretariat)
rules.add_perm("workshops.view_delegate", is_secretariat)
