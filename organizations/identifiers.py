"""Numbers of registers: each is checked as far as its register lets us."""

from __future__ import annotations

import re
from collections.abc import Callable

import stdnum.be.vat
import stdnum.fr.siren
import stdnum.it.codicefiscale
import stdnum.lei
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as InvalidNumber

from organizations.enums import IdentifierScheme

#: Registers whose numbers have a check digit: ``python-stdnum`` finds a typing mistake.
CHECKED: dict[str, Callable[[str], str]] = {
    IdentifierScheme.IT_CF: stdnum.it.codicefiscale.validate,
    IdentifierScheme.FR_SIREN: stdnum.fr.siren.validate,
    IdentifierScheme.BE_KBO: stdnum.be.vat.validate,
    IdentifierScheme.LEI: stdnum.lei.validate,
}

#: Registers without one: the shape of a number, and how it is told (ROR: schema 2.1, simplified).
SHAPES: dict[str, tuple[str, str | Promise]] = {
    IdentifierScheme.EU_TR: (
        r"\d{12}-\d{2}",
        gettext_lazy("Write twelve digits, a dash and two more digits, for example 123456789012-34."),
    ),
    IdentifierScheme.NL_KVK: (r"\d{8}", gettext_lazy("Write the eight digits of the number.")),
    IdentifierScheme.AT_ZVR: (r"\d{9,10}", gettext_lazy("Write the nine or ten digits of the number.")),
    IdentifierScheme.GB_CHC: (r"\d{6,7}", gettext_lazy("Write the six or seven digits of the number.")),
    IdentifierScheme.ROR: (
        r"https://ror\.org/0[a-z0-9]{8}",
        gettext_lazy("Write the whole address, for example https://ror.org/012abcd34."),
    ),
}


def cleaned(scheme: str, value: str) -> str:
    """The number as it is kept; raises ``ValidationError`` with what is wrong with it."""
    value = " ".join(value.split())
    if scheme in CHECKED:
        return _without_typing_mistake(CHECKED[scheme], value)
    if scheme in SHAPES:
        shape, words = SHAPES[scheme]
        if not re.fullmatch(shape, value):
            raise ValidationError(str(words), code="shape")
    return value


def _without_typing_mistake(validate: Callable[[str], str], value: str) -> str:
    try:
        return validate(value)
    except InvalidLength as error:
        raise ValidationError(
            _("This number is too long or too short. Compare it with your papers."), code="length"
        ) from error
    except InvalidChecksum as error:
        raise ValidationError(
            _("There is a typing mistake in this number: its check digit does not fit. Compare it with your papers."),
            code="checksum",
        ) from error
    except InvalidNumber as error:
        raise ValidationError(
            _("This is not a number of this register. Compare it with your papers."), code="shape"
        ) from error
