"""Tracking numbers as people type, scan and import them (SHP-50)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import fold_hyphens

from .states import TrackingCheck

_CODABAR = re.compile(r"[A-D](\d+)[A-D]")
_SCIENTIFIC = re.compile(r"\d+(\.\d+)?E\+?\d+")
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Tracking:
    """A number as it is to be stored. `error` refuses it; `warning` keeps it and asks a person to look."""

    number: str
    error: str | Promise = ""
    warning: str | Promise = ""

    @property
    def is_accepted(self) -> bool:
        return not self.error


def normalise(text: str) -> str:
    """Half width, upper case, without hyphens and blanks, without the start and stop letters of a Codabar scan."""
    flat = unicodedata.normalize("NFKC", fold_hyphens(text)).upper()
    flat = "".join(c for c in flat if c != "-" and not c.isspace())
    scanned = _CODABAR.fullmatch(flat)
    return scanned[1] if scanned else flat


def seven_check(number: str) -> bool:
    """True if the last of 12 digits is the first eleven modulo 7 (ヤマト, 佐川, 日本郵便)."""
    return int(number[:11]) % 7 == int(number[11])


def s10_check(number: str) -> bool:
    """True if the check digit of an international number (EMS and the like) fits."""
    found = _S10.fullmatch(number)
    if found is None:
        return False
    rest = 11 - sum(int(d) * w for d, w in zip(found[1], _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(found[2])


def check(text: str, mode: str = TrackingCheck.REFUSE) -> Tracking:
    """Check a number for a service whose `mode` says what a failed check does: refuse, warn or none.

    12 digits are checked modulo 7; international numbers only warn; 11 digits (書留) pass; 10 digits are kept
    with a warning. A number that a spreadsheet turned into 1.23E+11 is always refused: its digits are lost.
    """
    number = normalise(text)
    if not number:
        return Tracking("", error=_("The tracking number is empty."))
    # Upper-cased "1.23E+11"; "12E34" with no point or sign cannot be told from a carrier's own code.
    if _SCIENTIFIC.fullmatch(number) and ("." in number or "+" in number):
        return Tracking(number, error=_("A spreadsheet has shortened this number (1.23E+11). Please export it again."))
    if not re.fullmatch(r"[0-9A-Z]+", number) or len(number) > LONGEST:
        return Tracking(number, error=_("A tracking number has only digits and letters."))
    if _S10.fullmatch(number):
        sentence = "" if s10_check(number) else _("The check digit of this international number does not fit.")
        return Tracking(number, warning=sentence)
    return _by_length(number, mode)


def _by_length(number: str, mode: str) -> Tracking:
    if mode == TrackingCheck.NONE or (number.isdigit() and len(number) == 11):
        return Tracking(number)
    if number.isdigit() and len(number) == 10:
        return Tracking(number, warning=_("10 digits: please check that none is missing."))
    if number.isdigit() and len(number) == 12:
        if seven_check(number):
            return Tracking(number)
        sentence = _("The check digit does not fit. Please compare the number with the label.")
    else:
        sentence = _("A tracking number of this carrier has 12 digits.")
    return Tracking(number, error=sentence) if mode == TrackingCheck.REFUSE else Tracking(number, warning=sentence)
