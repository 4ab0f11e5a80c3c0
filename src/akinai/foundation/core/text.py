"""Japanese text as shops meet it: folding for search, phones, widths, what an encoding lacks (GEN-3, CS-20, SHP-31)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Look-alike hyphens: folded before digits are taken and between digits of an address.
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d\uff70\u2500"
_HYPHEN_MAP = {ord(c): "-" for c in HYPHENS}
_VARIANTS = str.maketrans("髙﨑邉邊齋齎齊斉𠮷", "高崎辺辺斎斎斎斎吉")
_HIRA_TO_KATA = {c: c + 0x60 for c in range(0x3041, 0x3097)}
_BLANKS = re.compile(r"[\s・]+")
_BETWEEN_DIGITS = re.compile(rf"(?<=\d)[{HYPHENS}](?=\d)")
_WIDE_DIGIT = re.compile("[０-９]")
_NO_DIGITS = re.compile("[^0-9]+")
_EXTENSION = re.compile(r"内線|ext\.?|#|x")
_DIGIT_RUN = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")


def nfkc(text: str) -> str:
    """NFKC, trimmed, inner blanks collapsed to one (GEN-3). Line breaks count as blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4096)  # each name and address of an order is compared, indexed and searched
def fold(text: str) -> str:
    """The form in which text is stored for search and asked for.

    NFKC, lower case, hiragana to katakana, blanks and ・ deleted, variants of characters folded.
    Long marks and small kana are not folded.
    """
    if text.isascii():
        return _BLANKS.sub("", text.lower())
    flat = unicodedata.normalize("NFKC", text).lower().translate(_HIRA_TO_KATA)
    return _BLANKS.sub("", flat).translate(_VARIANTS)


def fold_hyphens(text: str) -> str:
    """Every look-alike hyphen as `-`; for codes, phones, postcodes, tracking numbers."""
    return text.translate(_HYPHEN_MAP)


def tidy_address(text: str) -> str:
    """An address with look-alike hyphens between digits folded to `-` (the original is kept by the caller)."""
    return _BETWEEN_DIGITS.sub("-", unicodedata.normalize("NFKC", text) if _WIDE_DIGIT.search(text) else text)


def digits(text: str) -> str:
    """Only the ASCII digits, after NFKC."""
    return _NO_DIGITS.sub("", unicodedata.normalize("NFKC", text))


def phone_key(text: str) -> str:
    """A phone number as digits for matching (CS-20): +81, 0081, 010-81 become 0; 184/186 and extensions drop.

    Returns "" where there is no number (非通知, 公衆電話, blank).
    """
    flat = fold_hyphens(unicodedata.normalize("NFKC", text)).lower()
    flat = _EXTENSION.split(flat, maxsplit=1)[0]
    plus = flat.strip().startswith("+")
    run = _NO_DIGITS.sub("", flat)
    if run[:3] in ("184", "186") and len(run) > 11:
        run = run[3:]
        plus = "+" in flat
    for prefix in ("01081", "0081"):
        if run.startswith(prefix):
            run, plus = run[len(prefix) - 2 :], True
    if plus and run.startswith("81"):
        run = "0" + run[2:].removeprefix("0")
    return run


def width(text: str) -> int:
    """Length in half-width units: full-width characters count 2, half-width 1 (the unit of label fields)."""
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)


def missing_in(text: str, encoding: str = "cp932") -> list[str]:
    """The characters of `text` that `encoding` lacks, each once, in order; empty when it can be written whole."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        pass
    else:
        return []
    seen: dict[str, None] = {}
    for char in text:
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            seen[char] = None
    return list(seen)


def luhn_valid(run: str) -> bool:
    """True if a string of digits passes the Luhn check."""
    total = 0
    for i, char in enumerate(reversed(run)):
        n = int(char)
        if i % 2:
            n = n * 2 - 9 if n > 4 else n * 2
        total += n
    return total % 10 == 0


def mask_cards(text: str) -> str:
    """Free text with anything that looks like a card number masked, so that none is ever stored (PAY-4).

    Card numbers have 13 to 19 digits and pass Luhn; the first six and last four digits stay.
    """

    def mask(found: re.Match[str]) -> str:
        run = "".join(c for c in found.group() if c.isdigit())
        if not (13 <= len(run) <= 19 and luhn_valid(run)):
            return found.group()
        return run[:6] + "*" * (len(run) - 10) + run[-4:]

    if len(text) < 13 or sum(c.isdigit() for c in text) < 13:
        return text
    flat = "".join(unicodedata.normalize("NFKC", c) if c.isdigit() else c for c in text)
    return _DIGIT_RUN.sub(mask, flat)
