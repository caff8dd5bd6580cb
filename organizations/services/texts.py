"""The portal's own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone

from net4u.base.change import Conflict, change
from net4u.base.states import require
from organizations.models import EditableText

if TYPE_CHECKING:
    from people.models import User


def write_text(*, text: EditableText, by: User | None) -> EditableText:
    """Replace one of the portal's own texts in one language; an empty one brings back what is shipped.

    Raises ``Conflict`` when somebody else wrote it meanwhile, the first time included.
    """
    require(by, "organizations.change_editabletext", text)
    text.changed_on = timezone.localdate()
    try:
        with change(by=by, what="text.written"):
            text.full_clean()
            text.save()
    except IntegrityError as error:
        raise Conflict(text, EditableText.objects.filter(key=text.key, language=text.language).first()) from error
    return text
