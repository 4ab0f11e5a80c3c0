"""Every day and period a remark mentions, as calendar days counted from the order day (REM-10 to REM-17)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

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


_WEEKDAY = r"(?:\s?\((?P<w>[月火水木金土日])(?:曜日?)?(?:[・,/ ]?祝日?)?\)|\s?の?(?P<w2>[月火水木金土日])曜日?)?"
_ABSOLUTE = re.compile(
    r"(?:(?<!\d)(?P<y>20\d\d)[年/.-]|(?:R|r|令和)(?P<era>\d{1,2})[年./-]|(?<![\d/-])(?<!\d:))"
    r"(?P<m>1[0-2]|0?[1-9])(?:(?P<sep>月の?|[/.-]))(?P<d>3[01]|[12]\d|0?[1-9])(?![\d%])(?P<unit>日(?!間))?" + _WEEKDAY
)
_MONTH_DAY = re.compile(r"(?P<rel>今月|来月|再来月|翌月)の?(?P<d>3[01]|[12]\d|0?[1-9])日(?!間|以内|後|前)" + _WEEKDAY)
_EIGHT = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?=日?(?:以降|着|まで|必着|指定|から|に|希望|頃|は))"
)
_COMPACT = re.compile(
    r"(?<![\d-])(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?=(?:日)?(?:以降|着|まで|必着|指定|から|に|希望|頃|は|\())"
    + _WEEKDAY
)
_DAY_ONLY = re.compile(
    r"(?<![\d/.月:-])(?P<d2>3[01]|[12]\d|[1-9])(?=[・、,~-](?:3[01]|[12]\d|[1-9])[はが](?:不在|留守|休|旅行|出張|いな|おら))|(?<![\d/.月:-])(?P<d4>3[01]|[12]\d|[1-9])(?=(?:[、,・~-](?:3[01]|[12]\d|[1-9]))+日(?!間|ほど|後|程|くらい|ぐらい))|(?<=[\d日][、,・と])(?P<d3>3[01]|[12]\d|[1-9])(?=[、,・][1-3]?\d(?:[、,はにが]|日)|[はにが](?![ァ-ヴ]))|"
    r"(?<![\d/.月\-中泊全半あ])(?<!その)(?<!この)(?<!両)(?P<d>3[01]|[12]\d|0?[1-9])日(?!間|(?:ほど|程度?|くらい|ぐらい|位)(?!から|に(?!わた)|以降|着|まで|が|を)|後|以内|前(?!日)|目|分|ばかり|連|おき|毎|経|も早|でも早|中(?!に)|置|余|が経|待|か2|か3|、?2日|~\d日間)"
    + _WEEKDAY
)
_NUMBERED_PART = re.compile(
    r"(?:(?P<rel>今月|来月|再来月|翌月)|(?P<m>1[0-2]|0?[1-9])月)の?(?P<part>上旬|初旬|中旬|下旬|初め|はじめ|始め|頭|末|終わり|半ば|中頃|なかば|後半|前半|中|いっぱい|一杯)"
)
_PART = re.compile(
    r"(?<![今来翌\d])(?P<part>上旬|初旬|中旬|下旬|月初め?|月頭|月末|月半ば|月の半ば|月中旬|月後半|月の後半|月内)"
)
_MONTH = re.compile(
    r"(?:(?P<rel>今月|来月|再来月|翌月)|(?<!\d)(?P<m>1[0-2]|[1-9])月)(?!の?\d|です[)]|[)]|号|分|曜|額|生|誕生|の誕生|限定|発売|見)"
)
_RELATIVE = re.compile(
    r"(?P<day>今日|本日|きょう|(?<!証)明日|あす(?=[はにのか以]|$)|明後日|しあさって|明くる日)|"
    r"(?:あと)?(?P<n>\d{1,2}|数)(?P<unit>日|週間?|[ヶケか箇ヵカ]月|月)(?:間|ほど|くらい|ぐらい|位|程度?|ばかり)?の?(?:後|ご(?=[にでの以])|あと)(?!払)"
)
_WEEK = re.compile(
    r"(?P<rel>今週|来週|再来週|翌週|次週|次の週)の?(?P<what>(?P<w>[月火水木金土日])曜日?|(?P<w3>[月火水木金土日])(?=[にのでか。、着指午]|$)|週末|末|土日|後半|前半|頭|初め|はじめ|半ば|中頃|中|いっぱい|一杯|以降|平日)?"
    r"|(?P<next>次の?|今度の?|こんどの?|つぎの|直近の|この)(?:(?P<nw>[月火水木金土日])曜日?|(?P<end>週末|土日))"
    r"|(?P<bare>(?<![明来今先毎次度近の~(・、とから])(?P<bw>[月火水木金土日])曜日?(?=いっぱいまで|まで(?:に|ずっと|留守|不在|出張|旅行|い(?:ない|ま)|おら|帰|家を|待)|以降))"
    r"|(?P<after>週明け(?:の?(?P<aw>[月火水木金])曜日?)?|週が?明けて)"
)
#: 12月の第2土曜日, 第3水曜
_NTH_WEEKDAY = re.compile(
    r"(?:(?P<rel>今月|来月|再来月|翌月)の?|(?<!\d)(?P<m>1[0-2]|[1-9])月の?)?第(?P<n>[1-5一二三四五])(?:の)?(?P<w>[月火水木金土日])曜日?"
)
_LENGTH = re.compile(
    r"(?:(?P<a>\d{1,2}|数)(?:日)?[、,~・か\-])?(?P<n>\d{1,2}|数)(?P<unit>日|週間?|[ヶケか箇ヵカ]月)(?P<more>間|ほど|程度?|くらい|ぐらい|位|ばかり)+(?!後|以内|(?<![間度か])(?:から(?=[^、。]{0,6}(?:受|届|着|以降|配|家|在宅|大丈夫|OK))|着|に(?:届|着)))"
    r"|(?P<n2>\d{1,2})週(?=[はもにの、]|$)|(?P<n3>\d)[ヶケか箇ヵカ]月(?=[はも家留不い、])|(?P<nights>\d)泊(?P<days>\d)日|(?P<few>[2-5])[、~・](?P<n4>[3-6])日(?!間|着|に|ま|以|の)|半月(?:ほど|くらい|間)?(?!後)"
)
_WITHIN = re.compile(r"(?P<n>\d{1,2})(?P<unit>日|週間?|[ヶケか箇ヵカ]月)以内")
_NAMED = re.compile(
    r"(?P<longend>(?:[三四五3-9]|大型)?連休(?:が|を)?(?:明け|過ぎ|すぎ|終わ))|(?P<long>(?:[三四五3-9]|大型)?連休(?:中|期間)?)|"
    r"(?P<newyear>年明け(?:て|すぐ|早々)?|年が?明け(?:て|たら)|(?<!謹賀)新年|年始(?:明け)?|お?正月明け|三が日明け|三が日過ぎ|松の内明け|お?正月休み明け|年末年始明け)|"
    r"(?P<holidays>年末年始|お?正月休み|お?正月(?=[はも休])|冬休み)|"
    r"(?P<bonend>お?盆(?:休み)?明け|お?盆(?:休み)?(?:が|を)?(?:過ぎ|すぎ|終わ|明け))|(?P<bon>お?盆(?:休み|期間)?(?:中)?)|(?P<gwend>GW(?:の?連休|休み)?明け|GW(?:の?連休|休み)?(?:が|を)?(?:過ぎ|すぎ|終わ|明け))|(?P<gw>GW(?:中|期間)?)|"
    r"(?P<eve>クリスマスイ[ブヴ]|Xmas ?eve|イ[ブヴ](?=[にのま当前]))|(?P<xmas>クリスマス)|(?P<mother>母の日)|(?P<father>父の日)|(?P<aged>敬老の日)|"
    r"(?P<yearend>年内(?:いっぱい|中)?|今年中|今年いっぱい|年末(?!年始))|(?P<lastday>大晦日|おおみそか|大みそか)|(?P<firstday>元旦|元日)|(?P<valentine>バレンタイン(?:デー)?)|(?P<white>ホワイトデー)|"
    r"(?P<halloween>ハロウィン)|(?P<doll>ひな祭り|雛祭り|桃の節句)|(?P<children>こどもの日|子供の日|子どもの日|端午の節句)|(?P<star>七夕)|(?P<shichi>七五三)"
)
_ANY = re.compile(
    r"[0-9]|曜|連休|今度|日|週|月|明|末|旬|盆|年|クリスマス|イブ|イヴ|正月|元旦|バレンタイン|ホワイトデー|GW|ハロウィン|祭|節句|七|半月|きょう|あす|あさって"
)
_FIXED = {
    "eve": (12, 24),
    "xmas": (12, 25),
    "lastday": (12, 31),
    "firstday": (1, 1),
    "valentine": (2, 14),
    "white": (3, 14),
    "halloween": (10, 31),
    "doll": (3, 3),
    "children": (5, 5),
    "star": (7, 7),
    "shichi": (11, 15),
    "newyear": (1, 4),
    "bonend": (8, 17),
    "gwend": (5, 6),
}
_PERIODS = {"holidays": ((12, 29), (1, 3)), "bon": ((8, 13), (8, 16)), "gw": ((4, 29), (5, 5))}
_NTH = {"mother": (5, 6, 2), "father": (6, 6, 3), "aged": (9, 0, 3)}
_PARTS = {
    "上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初め": (1, 1), "はじめ": (1, 1), "始め": (1, 1), "頭": (1, 1),
    "月初": (1, 1), "月初め": (1, 1), "月頭": (1, 1), "末": (31, 31), "月末": (31, 31), "終わり": (31, 31), "半ば": (15, 15),
    "中頃": (15, 15), "なかば": (15, 15), "月半ば": (15, 15), "月の半ば": (15, 15), "月中旬": (11, 20), "後半": (16, 31), "月後半": (16, 31),
    "月の後半": (16, 31), "前半": (1, 15), "中": (1, 31), "いっぱい": (1, 31), "一杯": (1, 31), "月内": (1, 31),
}  # fmt: skip
_WEEK_PARTS = {"頭": (0, 0), "初め": (0, 0), "はじめ": (0, 0), "前半": (0, 2), "半ば": (2, 2), "中頃": (2, 2), "後半": (3, 6), "週末": (5, 6), "末": (5, 6), "土日": (5, 6), "平日": (0, 4)}  # fmt: skip


def find_mentions(text: str, ordered: dt.date) -> list[Mention]:
    """Every day and period the text names, in order; two ends of a period are still two mentions."""
    if not _ANY.search(text):
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
    first, last = _PARTS[match["part"]]
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
    first, last = _WEEK_PARTS.get(what, (0, 6))
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
    if name in _FIXED:
        at = _upcoming(*_FIXED[name], ordered)
        return None if at is None else Mention(match.span(), at, at, "named")
    if name in _NTH:
        at = nth_upcoming(*_NTH[name], ordered)
        return Mention(match.span(), at, at, "named")
    if name.startswith("long"):
        return _long_weekend(match, name, ordered)
    if name == "yearend":
        if match.group() == "年末":
            return Mention(match.span(), dt.date(ordered.year, 12, 26), dt.date(ordered.year, 12, 31), "part")
        return Mention(match.span(), ordered, dt.date(ordered.year, 12, 31), "year")
    begin, end = _PERIODS[name]
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
    number = "一二三四五".find(match["n"]) + 1 or int(match["n"])
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
    (_EIGHT, _read_eight),
    (_ABSOLUTE, _read_absolute),
    (_NTH_WEEKDAY, _read_nth_weekday),
    (_MONTH_DAY, _read_month_day),
    (_COMPACT, _read_compact),
    (_NUMBERED_PART, _read_part),
    (_RELATIVE, _read_relative),
    (_WITHIN, _read_within),
    (_LENGTH, _read_length),
    (_DAY_ONLY, _read_day_only),
    (_WEEK, _read_week),
    (_NAMED, _read_named),
    (_PART, _read_part),
    (_MONTH, _read_month),
)
