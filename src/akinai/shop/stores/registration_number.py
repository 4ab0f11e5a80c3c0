"""The invoice registration number (登録番号, TAX-37): T and 13 digits, the first of which checks the others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import fold_hyphens

DIGITS = 13


@dataclass(frozen=True)
class Judgement:
    """A number as it is to be stored, and what is wrong with it.

    `error` refuses it, `warning` lets it pass with a word; `suggestion` is what was probably meant.
    """

    number: str
    error: str | Promise = ""
    warning: str | Promise = ""
    suggestion: str = ""


def normalise(text: str) -> str:
    """Half width, upper case, without hyphens and blanks."""
    flat = unicodedata.normalize("NFKC", fold_hyphens(text)).upper()
    return "".join(c for c in flat if c != "-" and not c.isspace())


def check_digit(twelve: str) -> int:
    """The first digit of a 13-digit corporate number, from the other twelve: 1 to 9."""
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(twelve), start=1))
    return 9 - total % 9


def judge(text: str, *, is_corporation: bool) -> Judgement:
    """Check a typed number; "" is allowed, since a shop may be unregistered (TAX-35, TAX-37).

    A wrong check digit is refused for corporations and only warned of otherwise: a sole trader's number is not
    a corporate number.
    """
    number = normalise(text)
    if not number:
        return Judgement("")
    digits = number.removeprefix("T")
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return Judgement(number, error=_("A registration number is the letter T and 13 digits."))
    if not number.startswith("T"):
        return Judgement(number, error=_("The letter T in front is missing."), suggestion="T" + number)
    if check_digit(digits[1:]) == int(digits[0]):
        return Judgement(number)
    sentence = _("The check digit does not fit. Please compare the number with the notice from the tax office.")
    return Judgement(number, error=sentence) if is_corporation else Judgement(number, warning=sentence)
