import rules

from net4u.base.rules import is_administrator, is_secretariat

#: Accounts are the administrators' to open, close and give roles.
rules.add_perm("people.change_user", is_administrator)
rules.add_perm("people.view_team", is_secretariat)
rules.add_perm("people.view_consent", is_administrator)
