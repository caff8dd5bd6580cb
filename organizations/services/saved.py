"""Views of lists that the secretariat keeps under a name."""

from __future__ import annotations

from net4u.base.change import change
from net4u.base.states import require
from organizations.models import SavedView
from people.models import User


def keep_view(*, view: SavedView, by: User) -> SavedView:
    """Save a new one, or a new name or tick of one that is there. It is nobody's but its owner's."""
    require(by, "organizations.keep_savedview", view)
    with change(by=by, what="view.kept"):
        view.full_clean()
        view.save()
    return view


def drop_view(*, view: SavedView, by: User) -> None:
    require(by, "organizations.keep_savedview", view)
    with change(by=by, what="view.dropped"):
        view.delete()
