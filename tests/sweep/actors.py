"""Who comes to the sweep, and in which circles they stand."""

from net4u.base.viewers import Audience

NOBODY = "nobody"
#: viewer, editor and admin act for the house; other is an editor elsewhere; former acted for the house until last year.
ACTORS = (NOBODY, "person", "viewer", "editor", "admin", "other", "former", "curator", "administrator")

SECRETARIAT = frozenset({"curator", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
OWN = frozenset({"viewer", "editor", "admin"}) | SECRETARIAT
MEMBERS = OWN | {"other"}
PARTNERS = frozenset({Audience.PARTNERS.value})
#: What is sent, but never shown.
NONE: frozenset[str] = frozenset()
