"""Every day and period a remark mentions, as calendar days counted from the order day (REM-10 to REM-17)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from . import daywords as words
from .daysoff import DAY, long_weekend, nth_upcoming
from .types import Span

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Mention:
    """A day (first = last) or period that the text names at `span`.

    `weekday` is the one written beside a date, 0 = Monday. `grain` is day, part (上旬), month, week, named (年明け),
    length (5日間) or plus (3日後). `is_range` marks two ends that the buyer wrote.
    """

    span: Span
    first: dt.date
    last: dt.date
    grain: str = "day"
    weekday: int | None = None
    is_range: bool = False


@dataclass(slots=True)
class _Reading:
    """What is known while a text is read: the order day, and the month and year last spoken of."""

    ordered: dt.date
    month: tuple[int, int] | None = None


def find_mentions(text: str, ordered: dt.date) -> list[Mention]:
    """Every day and period the text names, in order; two ends of a period are still two mentions."""
    if not words.ANY.search(text):
        return []
    reading = _Reading(ordered)
    later = _MONTH_LATER.search(text)
    if later:
        reading.month = _month_of(reading, None, later["m"])
    matches = _matches(text)
    return [m for _start, match, read in matches if (m := read(match, reading)) is not None]


#: The month of days named before it: 20日まで旅行、21日着で(12月).
_MONTH_LATER = re.compile(r"(?<=[^\d])[(※](?P<m>1[0-2]|[1-9])月(?:です|の?こと)?\)?(?=$|[。、!\s)])")


_Read = Callable[[re.Match[str], _Reading], "Mention | None"]


def _matches(text: str) -> list[tuple[int, re.Match[str], _Read]]:
    """What each finder sees; earlier finders win where two overlap. In order of the text."""
    taken: list[tuple[int, re.Match[str], _Read]] = []
    for pattern, read in _FINDERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(start < t[1].end() and t[0] < end for t in taken):
                taken.append((start, match, read))
    return sorted(taken, key=lambda t: t[0])


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _upcoming(month: int, day: int, ordered: dt.date) -> dt.date | None:
    """The first such day that is not before the order (REM-11); 29 February waits for its year."""
    days = (day_of(ordered.year + more, month, day) for more in range(5))
    return next((d for d in days if d is not None and d >= ordered), None)


def later_month(year: int, month: int, more: int) -> tuple[int, int]:
    """Year and month `more` months on."""
    total = year * 12 + month - 1 + more
    return total // 12, total % 12 + 1


def _month_of(reading: _Reading, relative: str | None, month: str | None) -> tuple[int, int]:
    """The year and month meant by 来月, 12月 or nothing."""
    ordered = reading.ordered
    if relative:
        more = {"今月": 0, "来月": 1, "翌月": 1, "再来月": 2}[relative]
        return later_month(ordered.year, ordered.month, more)
    if month:
        number = int(month)
        return (ordered.year if number >= ordered.month else ordered.year + 1), number
    return reading.month or (ordered.year, ordered.month)


def _read_absolute(match: re.Match[str], reading: _Reading) -> Mention | None:
    if match["sep"] in "/.-" and _is_no_date(match):
        return None
    month, day = int(match["m"]), int(match["d"])
    if match["y"] or match["era"]:
        year = int(match["y"]) if match["y"] else 2018 + int(match["era"])
        at = day_of(year, month, day)
    else:
        at = _upcoming(month, day, reading.ordered)
    if at is None:
        return None
    reading.month = (at.year, at.month)
    written = match["w"] or match["w2"]
    return Mention(match.span(), at, at, "day", WEEKDAYS.index(written) if written else None)


_AFTER_NUMBERS = re.compile(
    r"^\s?(?:以降|頃|ごろ|着|必着|指定|に|まで|から|は|の|希望|~|-\s?\d{1,2}(?:/|日)|、|or|か|で|\(|が|を|も|[月火水木金土日]曜?|午|夕|夜|朝|AM|PM|\d{1,2}時|迄|$|中|より|前|当日|くらい|ぐらい|届|到着|配達|発送|受|出荷|過|あたり|\s)"
)


def _is_no_date(match: re.Match[str]) -> bool:
    """12-8 of an address, 1.5 of a measure: numbers beside a separator that no word of time follows."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 3) : start]
    if match["unit"]:
        return False
    if match["sep"] == "/":
        return bool(re.search(r"[\d/]$", before)) or text[end : end + 1] in ("枚", "個", "本")
    if re.search(r"[A-Za-z\d]-?$|[目町条区市村号]$|番号?:?$", before) or re.match(r"-?\d|[号番cmk]|-\d", text[end:]):
        return True
    return not _AFTER_NUMBERS.match(text[end:])


def _read_compact(match: re.Match[str], reading: _Reading) -> Mention | None:
    at = _upcoming(int(match["m"]), int(match["d"]), reading.ordered)
    if at is None:
        return None
    reading.month = (at.year, at.month)
    return Mention(match.span(), at, at)


def _read_day_only(match: re.Match[str], reading: _Reading) -> Mention | None:
    """A day without month: of the month last spoken of, else the next such day (REM-11)."""
    number = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
    if match["d3"] and reading.month is None:
        return None
    written = match["w"] or match["w2"]
    weekday = WEEKDAYS.index(written) if written else None
    if reading.month is not None:
        year, month = reading.month
        at = day_of(year, month, number)
        if at is not None and at < reading.ordered:
            at = day_of(*later_month(year, month, 1), number)
        if at is not None:
            return Mention(match.span(), at, at, "day", weekday)
    for more in range(3):
        at = day_of(*later_month(reading.ordered.year, reading.ordered.month, more), number)
        if at is not None and at >= reading.ordered:
            if match["d2"]:
                reading.month = (at.year, at.month)
            return Mention(match.span(), at, at, "day", weekday)
    return None


def _read_part(match: re.Match[str], reading: _Reading) -> Mention | None:
    groups = match.groupdict()
    year, month = _month_of(reading, groups.get("rel"), groups.get("m"))
    first, last = words.PARTS[match["part"]]
    end = month_end(year, month).day
    begins, ends = dt.date(year, month, min(first, end)), dt.date(year, month, min(last, end))
    if ends < reading.ordered and not groups.get("rel") and not groups.get("m"):
        year, month = later_month(year, month, 1)
        end = month_end(year, month).day
        begins, ends = dt.date(year, month, min(first, end)), dt.date(year, month, min(last, end))
    reading.month = (year, month)
    grain = "day" if begins == ends else "month" if first == 1 and last == 31 else "part"
    return Mention(match.span(), begins, ends, grain)


def _read_month(match: re.Match[str], reading: _Reading) -> Mention | None:
    year, month = _month_of(reading, match["rel"], match["m"])
    reading.month = (year, month)
    return Mention(match.span(), dt.date(year, month, 1), month_end(year, month), "month")


def _read_relative(match: re.Match[str], reading: _Reading) -> Mention | None:
    if match["day"]:
        ahead = {"明日": 1, "あす": 1, "明くる日": 1, "明後日": 2, "しあさって": 3}.get(match["day"], 0)
        at = reading.ordered + ahead * DAY
    elif match["n"] == "数":
        return None
    else:
        at = _plus(reading.ordered, int(match["n"]), match["unit"])
    return Mention(match.span(), at, at, "plus" if match["n"] else "day")


def _plus(day: dt.date, count: int, unit: str) -> dt.date:
    if unit.startswith("日"):
        return day + count * DAY
    if unit.startswith("週"):
        return day + 7 * count * DAY
    year, month = later_month(day.year, day.month, count)
    return dt.date(year, month, min(day.day, month_end(year, month).day))


def _read_week(match: re.Match[str], reading: _Reading) -> Mention | None:
    ordered = reading.ordered
    monday = ordered - ordered.weekday() * DAY
    if match["after"]:
        at = monday + 7 * DAY
        if match["aw"]:
            at += WEEKDAYS.index(match["aw"]) * DAY
        return Mention(match.span(), at, at)
    if match["next"]:
        weekday = 5 if match["end"] else WEEKDAYS.index(match["nw"])
        at = ordered + ((weekday - ordered.weekday() - 1) % 7 + 1) * DAY
        return Mention(match.span(), at, at + DAY if match["end"] else at, "weekend" if match["end"] else "day")
    if match["bare"]:
        at = ordered + ((WEEKDAYS.index(match["bw"]) - ordered.weekday() - 1) % 7 + 1) * DAY
        return Mention(match.span(), at, at)
    monday += {"今週": 0, "来週": 7, "翌週": 7, "次週": 7, "次の週": 7, "再来週": 14}[match["rel"]] * DAY
    weekday_of = match["w"] or match["w3"]
    if weekday_of:
        at = monday + WEEKDAYS.index(weekday_of) * DAY
        return Mention(match.span(), at, at)
    what = match["what"] or ""
    first, last = words.WEEK_PARTS.get(what, (0, 6))
    grain = "weekend" if (first, last) == (5, 6) else "day" if first == last else "week"
    end = match.end() - len("以降") if what == "以降" else match.end()
    return Mention((match.start(), end), monday + first * DAY, monday + last * DAY, grain)


def _read_length(match: re.Match[str], reading: _Reading) -> Mention | None:
    """So many days from tomorrow (REM-16)."""
    if match["nights"]:
        count, unit = int(match["days"]), "日"
    elif match["n2"] or match["n3"]:
        count, unit = (int(match["n2"]), "週") if match["n2"] else (int(match["n3"]), "か月")
    elif match["n4"]:
        count, unit = int(match["n4"]), "日"
    elif match["n"] is None:
        count, unit = 15, "日"
    elif match["n"] == "数":
        return None
    else:
        count, unit = int(match["n"]), match["unit"]
    last = _plus(reading.ordered, count, unit)
    return Mention(match.span(), reading.ordered + DAY, last, "length")


def _read_within(match: re.Match[str], reading: _Reading) -> Mention | None:
    return Mention(match.span(), reading.ordered, _plus(reading.ordered, int(match["n"]), match["unit"]), "within")


def _read_named(match: re.Match[str], reading: _Reading) -> Mention | None:
    name = match.lastgroup or ""
    ordered = reading.ordered
    if name in words.FIXED:
        at = _upcoming(*words.FIXED[name], ordered)
        return None if at is None else Mention(match.span(), at, at, "named")
    if name in words.NTH:
        at = nth_upcoming(*words.NTH[name], ordered)
        return Mention(match.span(), at, at, "named")
    if name.startswith("long"):
        return _long_weekend(match, name, ordered)
    if name == "yearend":
        if match.group() == "年末":
            return Mention(match.span(), dt.date(ordered.year, 12, 26), dt.date(ordered.year, 12, 31), "part")
        return Mention(match.span(), ordered, dt.date(ordered.year, 12, 31), "year")
    begin, end = words.PERIODS[name]
    last = _upcoming(*end, ordered)
    if last is None:
        return None
    year = last.year - (begin > end)
    return Mention(match.span(), dt.date(year, *begin), last, "period")


def _long_weekend(match: re.Match[str], name: str, ordered: dt.date) -> Mention | None:
    """連休 is the run of days off itself, 連休明け the day after it."""
    run = long_weekend(ordered)
    if run is None:
        return None
    after = run[1] + DAY
    return Mention(match.span(), after, after, "named") if name == "longend" else Mention(match.span(), *run, "period")


def _read_month_day(match: re.Match[str], reading: _Reading) -> Mention | None:
    """来月1日, 今月の20日."""
    year, month = _month_of(reading, match["rel"], None)
    at = day_of(year, month, int(match["d"]))
    if at is None:
        return None
    reading.month = (year, month)
    written = match["w"] or match["w2"]
    return Mention(match.span(), at, at, "day", WEEKDAYS.index(written) if written else None)


def _read_nth_weekday(match: re.Match[str], reading: _Reading) -> Mention | None:
    """The nth such weekday of the month named; of none, the first not past."""
    said = match["n"] or "1"
    number = "一二三四五".find(said) + 1 or int(said)
    months = (0,) if match["rel"] or match["m"] else (0, 1, 2)
    year, month = _month_of(reading, match["rel"], match["m"])
    for more in months:
        first = dt.date(*later_month(year, month, more), 1)
        at = first + ((WEEKDAYS.index(match["w"]) - first.weekday()) % 7 + 7 * (number - 1)) * DAY
        if at >= reading.ordered and at.month == first.month:
            reading.month = (at.year, at.month)
            return Mention(match.span(), at, at)
    return None


def _read_eight(match: re.Match[str], reading: _Reading) -> Mention | None:
    at = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return None if at is None else Mention(match.span(), at, at)


_FINDERS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (words.EIGHT, _read_eight),
    (words.ABSOLUTE, _read_absolute),
    (words.NTH_WEEKDAY, _read_nth_weekday),
    (words.MONTH_DAY, _read_month_day),
    (words.COMPACT, _read_compact),
    (words.NUMBERED_PART, _read_part),
    (words.RELATIVE, _read_relative),
    (words.WITHIN, _read_within),
    (words.LENGTH, _read_length),
    (words.DAY_ONLY, _read_day_only),
    (words.WEEK, _read_week),
    (words.NAMED, _read_named),
    (words.PART, _read_part),
    (words.MONTH, _read_month),
)
