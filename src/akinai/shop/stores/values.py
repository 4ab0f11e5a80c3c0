"""Whether a value can be that of a declared setting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards

from .settings import Declaration

#: The largest number a setting takes; more would not fit columns it is compared with.
LARGEST = 2_147_483_647


def checked(declaration: Declaration, value: Any) -> Any:
    """The value as it is stored (JSON), or BadInput with the reason."""
    kind = declaration.kind
    if kind == "int":
        return _number(declaration, value)
    if kind == "bool":
        if not isinstance(value, bool):
            raise BadInput(_("Say yes or no."), field="value")
        return value
    if kind == "time":
        return _time(value)
    if kind == "choice" and value not in {word for word, _label in declaration.choices}:
        raise BadInput(_("Choose one of the list."), field="value")
    return mask_cards(str(value))


def _number(declaration: Declaration, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput(_("Enter a whole number."), field="value")
    low = declaration.minimum if declaration.minimum is not None else -LARGEST
    high = declaration.maximum if declaration.maximum is not None else LARGEST
    if not low <= value <= high:
        raise BadInput(_("Enter a number from %(low)s to %(high)s.") % {"low": low, "high": high}, field="value")
    return value


def _time(value: Any) -> str:
    try:
        time = value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value))
    except ValueError:
        raise BadInput(_("Enter a time such as 14:00."), field="value") from None
    return time.strftime("%H:%M")
