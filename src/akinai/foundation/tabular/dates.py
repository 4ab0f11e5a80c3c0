"""Dates and times in the many forms of shops' files, as JST. Impossible ones are refused, never moved."""

from __future__ import annotations

import datetime as dt
import re

from akinai.foundation.core.clock import JST

from .fields import Parsed, flat

_PLAIN = re.compile(
    r"(?P<y>\d{4})(?P<s>[/.\-年])(?P<m>\d{1,2})[/.\-月](?P<d>\d{1,2})日?(?:\([^)]{1,4}\))?(?P<rest>.*)", re.DOTALL
)
_PACKED = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<rest>\d{0,6})")
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM])\.?\s?(?P<n>\d{1,2}|元)[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?"
    r"(?:\([^)]{1,4}\))?(?P<rest>.*)",
    re.DOTALL,
)
_TIME = re.compile(
    r"(?:T|\s*)(?P<half>午前|午後|AM|PM)?\s?(?P<h>\d{1,2})[:時](?P<mi>\d{1,2})分?(?::?(?P<s>\d{1,2})(?:\.\d+)?秒?)?"
    r"\s?(?P<tail>AM|PM)?\s?(?P<zone>Z|UTC|JST|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE,
)
_ERAS = {
    "令和": (2018, dt.date(2019, 5, 1)),
    "平成": (1988, dt.date(1989, 1, 8)),
    "昭和": (1925, dt.date(1926, 12, 25)),
    "大正": (1911, dt.date(1912, 7, 30)),
    "明治": (1867, dt.date(1868, 1, 25)),
}
_ERAS |= {short: _ERAS[full] for short, full in zip("RHSTM", _ERAS, strict=True)}
_YEARS = range(1990, 2101)
BAD = "bad_date"


def moment(cell: str) -> Parsed[dt.datetime]:
    """A date with or without time as an aware JST moment (midnight without time); blank is None.

    Read: 2026/11/20 15:04:05, 2026-11-20T15:04:05+09:00, 20261120150405, 2026年11月20日, 令和8年11月20日 (with the
    warning `era_date`). Anything else, and any date or time that does not exist, is `bad_date`.
    """
    text = flat(cell)
    if not text:
        return Parsed(None)
    found = _PLAIN.fullmatch(text)
    if found:
        return _built(found, int(found["y"]), found["rest"], "")
    packed = _PACKED.fullmatch(text)
    if packed and len(packed["rest"]) in (0, 4, 6):
        pairs = packed["rest"]
        rest = ":".join(pairs[i : i + 2] for i in range(0, len(pairs), 2))
        return _built(packed, int(packed["y"]), rest, "")
    era = _ERA.fullmatch(text)
    if era:
        year = _ERAS[era["era"]][0] + (1 if era["n"] == "元" else int(era["n"]))
        parsed = _built(era, year, era["rest"], "era_date")
        if parsed.value and parsed.value.date() < _ERAS[era["era"]][1]:
            return Parsed(None, BAD)
        return parsed
    return Parsed(None, BAD)


def day(cell: str) -> Parsed[dt.date]:
    """A calendar day in JST; a time beside it is dropped. 0000-00-00 and blank are None."""
    if flat(cell).startswith(("0000-00-00", "0000/00/00")):
        return Parsed(None)
    found = moment(cell)
    return Parsed(found.value.date() if found.value else None, found.code, found.read[:10])


def _built(parts: re.Match[str], year: int, rest: str, code: str) -> Parsed[dt.datetime]:
    clock = _clock(rest)
    if clock is None or year not in _YEARS:
        return Parsed(None, BAD)
    hour, minute, second, zone = clock
    try:
        at = dt.datetime(year, int(parts["m"]), int(parts["d"]), hour, minute, second, tzinfo=zone).astimezone(JST)
    except (ValueError, OverflowError):
        return Parsed(None, BAD)
    return Parsed(at, code, at.strftime("%Y/%m/%d %H:%M:%S") if code else "")


def _clock(rest: str) -> tuple[int, int, int, dt.tzinfo] | None:
    if not rest.strip():
        return 0, 0, 0, JST
    found = _TIME.fullmatch(rest.strip() if rest[:1] != "T" else rest)
    if found is None:
        return None
    hour, half = int(found["h"]), (found["half"] or found["tail"] or "").upper()
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half in ("午後", "PM") else 0)
    zone = _zone(found["zone"] or "")
    return None if zone is None else (hour, int(found["mi"]), int(found["s"] or 0), zone)


def _zone(text: str) -> dt.tzinfo | None:
    if text.upper() in ("", "JST"):
        return JST
    if text.upper() in ("Z", "UTC"):
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        return None
    return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
