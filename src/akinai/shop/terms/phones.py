"""Whether a phone number can be one that a carrier's driver calls."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import phone_key

_ELEVEN_DIGITS = ("020", "050", "060", "070", "080", "090")

SENTENCES = {
    "missing": _("There is no phone number."),
    "length": _("The phone number has too few or too many digits."),
    "prefix": _("The phone number does not begin with 0."),
    "dummy": _("The phone number is not a real one."),
}


def problem(text: str) -> str:
    """What is wrong with a number of Japan: missing, length, prefix, dummy; "" if nothing is."""
    digits = phone_key(text)
    if not digits:
        return "missing"
    if not digits.startswith("0"):
        return "prefix"
    if len(set(digits[1:])) == 1:
        return "dummy"
    eleven = digits.startswith(_ELEVEN_DIGITS) or digits.startswith("0800")
    return "" if len(digits) == (11 if eleven else 10) else "length"


def sentence(code: str) -> str | Promise:
    """What to tell people about a problem."""
    return SENTENCES[code]
