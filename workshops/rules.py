from net4u.base.rules import ADMIN_SHOWS, is_administrator, is_secretariat

#: Workshop records are the secretariat's own; undoing a take-down is an administrator's decision.
WORKSHOP_PERMISSIONS = ADMIN_SHOWS | {
    "curate": is_secretariat,
    "publish": is_secretariat,
    "withdraw": is_secretariat,
    "restore": is_administrator,
}
