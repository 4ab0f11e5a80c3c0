"""Cells to values. Every parser returns `Parsed(value, code)`; a code names a problem of `problems.py`, "" is fine."""

from __future__ import annotations

import re
import unicodedata
from typing import Generic, NamedTuple, TypeVar

from akinai.foundation.core.text import fold_hyphens

T = TypeVar("T")

_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d*)?E[+]?\d{1,3}", re.IGNORECASE)
_DAMAGED = re.compile(r"[+-]?\d+(?:\.\d*)?E\+\d{1,3}", re.IGNORECASE)
_WHOLE = re.compile(r"([+-]?)(\d{1,12})(?:\.0{0,6})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.0{0,6})?")
_CURRENCY = re.compile(r"[¥\\￥円]|JPY|yen", re.IGNORECASE)
UNSETTLED = -9999

_YES = frozenset(
    {"1", "true", "yes", "y", "on", "あり", "有", "有り", "はい", "する", "○", "〇", "済", "済み", "希望する"}
    | {f"{what}{done}" for what in ("入金", "支払", "決済", "発送", "出荷") for done in ("済", "済み")}
)
_NO = frozenset(
    {"0", "false", "no", "n", "off", "なし", "無", "無し", "いいえ", "しない", "×", "未", "希望しない", "-"}
    | {"未入金", "未払い", "未決済", "未発送", "未出荷"}
)


class Parsed(NamedTuple, Generic[T]):
    """A value, or None with a reason. `code` may be a warning beside a value; `read` is what the cell was taken as."""

    value: T | None
    code: str = ""
    read: str = ""


def flat(cell: str) -> str:
    """NFKC and trimmed; ASCII cells are only trimmed."""
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()


def damaged(cell: str) -> bool:
    """True for a number that a spreadsheet has shortened, such as 1.23E+11: its digits are gone."""
    return ("E" in cell or "e" in cell or "Ｅ" in cell) and bool(_DAMAGED.fullmatch(flat(cell)))


def yen(cell: str) -> Parsed[int]:
    """Whole yen. Blank is None; -9999 is None with `unsettled`; currency marks are read with a warning.

    Full-width digits, thousands commas, ▲ or parentheses for minus and `.00` are read; anything else is `bad_yen`.
    """
    if cell.isascii() and cell.isdigit() and len(cell) <= 12:
        return Parsed(int(cell))
    text = flat(cell)
    if not text:
        return Parsed(None)
    marked = bool(_CURRENCY.search(text))
    if marked:
        text = _CURRENCY.sub("", text).strip()
    text = fold_hyphens(text).replace("▲", "-").replace("△", "-")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if _EXPONENT.fullmatch(text):
        return Parsed(None, "exponent")
    found = _WHOLE.fullmatch(text.replace(" ", ""))
    if found is None:
        return Parsed(None, "bad_yen")
    value = int(found[2]) * (-1 if found[1] == "-" else 1)
    if value == UNSETTLED:
        return Parsed(None, "unsettled")
    return Parsed(value, "currency_mark" if marked else "", str(value))


def quantity(cell: str) -> Parsed[int]:
    """A whole number of 1 or more; `missing_value` if blank, else `bad_quantity`."""
    if cell.isascii() and cell.isdigit() and len(cell) <= 7 and int(cell) > 0:
        return Parsed(int(cell))
    text = flat(cell)
    if not text:
        return Parsed(None, "missing_value")
    if damaged(text):
        return Parsed(None, "exponent")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    found = _WHOLE.fullmatch(text)
    if found is None or found[1] == "-" or not 0 < int(found[2]) < 10_000_000:
        return Parsed(None, "bad_quantity")
    return Parsed(int(found[2]))


def identifier(cell: str) -> Parsed[str]:
    """A code or number that must be kept digit by digit: trimmed, full width folded; 1.23E+11 is refused."""
    text = flat(cell)
    if damaged(text):
        return Parsed(None, "exponent")
    return Parsed(text)


def phone(cell: str) -> Parsed[str]:
    """A phone number as typed with look-alike hyphens folded; a lost leading zero is put back with a warning."""
    text = fold_hyphens(flat(cell).removeprefix("'"))
    if damaged(text):
        return Parsed(None, "exponent")
    if text.isdigit() and text[0] != "0" and (len(text) == 9 or (len(text) == 10 and text[:2] in _MOBILE)):
        return Parsed("0" + text, "lost_zero", "0" + text)
    return Parsed(text)


_MOBILE = frozenset({"50", "70", "80", "90"})


def postcode(cell: str) -> Parsed[str]:
    """A postcode as 7 digits where it is one, else as typed; lost leading zeros are put back with a warning."""
    if len(cell) == 7 and cell.isascii() and cell.isdigit():
        return Parsed(cell)
    text = fold_hyphens(flat(cell).removeprefix("'")).removeprefix("〒").strip()
    if damaged(text):
        return Parsed(None, "exponent")
    run = text.replace("-", "").replace(" ", "")
    if run.isascii() and run.isdigit():
        if len(run) == 7:
            return Parsed(run)
        if run == text and len(run) in (5, 6):
            return Parsed(run.zfill(7), "lost_zero", run.zfill(7))
    return Parsed(text)


def flag(cell: str) -> Parsed[bool]:
    """Yes or no in the many words of shops; blank is None; an unknown word is None with `bad_flag`."""
    text = flat(cell).lower()
    if not text:
        return Parsed(None)
    if text in _YES:
        return Parsed(True)
    if text in _NO:
        return Parsed(False)
    return Parsed(None, "bad_flag")


def percent(cell: str) -> Parsed[int]:
    """A tax rate in percent: `10`, `10%`, `0.1` and `8.0` are read; blank or anything else is None."""
    text = flat(cell).removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,2}(\.\d{1,4})?", text):
        return Parsed(None)
    whole, _, part = text.partition(".")
    if whole == "0" and part.rstrip("0"):
        hundredths = part.ljust(4, "0")
        return Parsed(int(hundredths[:2]) if hundredths[2:] == "00" else None)
    return Parsed(int(whole) if not part.rstrip("0") else None)
