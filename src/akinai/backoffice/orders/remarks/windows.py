"""Time windows in a remark, as `HH-HH` (REM-18)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .phrases import AWAY, RETURN
from .types import Span

_PART = r"(?P<{0}>午前|午後|朝|昼|お昼|夕方|夜|晩|夕|AM|PM|am|pm)?の?\s?"
_HOUR = r"(?P<{0}>2[0-4]|1\d|0?\d)(?:時(?!間)(?:半|[0-5]\d分)?|:[0-5]\d)"
_RANGE = re.compile(
    _PART.format("p1")
    + r"(?P<h1>2[0-4]|1\d|0?\d)(?:時(?!間)(?:半|[0-5]\d分)?|:[0-5]\d)?\s?(?:~|-|から|より|・|―|以降)\s?"
    + _PART.format("p2")
    + _HOUR.format("h2")
    + r"(?:まで|の間|頃|台|ぐらい|くらい)*"
)
_SINGLE = re.compile(
    _PART.format("p1") + _HOUR.format("h1") + r"\s?(?:頃|ごろ|ころ|くらい|ぐらい|位|台)?\s?"
    r"(?P<how>以降|いこう|以後|過ぎ|すぎ|すぎて|から|より後|より遅|を過ぎ|を回|までに|まで|以前|より前|前|には帰|に帰|に戻|には戻)?"
)
_NAMED = re.compile(
    r"(?<![A-Za-z])(?:AM|am|PM|pm)(?![A-Za-z])|午前中?|朝イチ|朝一番?|朝のうち|(?<!毎)(?<!今)朝(?!食|顔|ご|から|晩|夕)|正午|お?昼(?:過ぎ|すぎ|間|頃|ごろ|前|時)?|(?<![\d])午後(?:一番?|イチ)?|"
    r"夕方(?:以降|から|過ぎ|すぎ)?|夕刻(?:以降)?|(?<![昨毎])夜間?(?:以降|遅く|遅め)?(?!行|勤|景|分)|(?<![昨毎朝])晩(?!年|秋|夏|酌)|"
    r"(?:なるべく|できるだけ|一番|いちばん|出来るだけ)(?P<late>遅い|早い|おそい|はやい)(?:時間|便)|最終(?:の)?(?:時間|便)|遅い時間(?:帯)?|遅めの時間"
)
_NAMED_WINDOWS = (
    (re.compile(r"(?i:am)|午前|朝|早い|はやい|昼前"), "08-12"),
    (re.compile(r"昼過ぎ|昼すぎ|正午|昼"), "12-14"),
    (re.compile(r"(?i:pm)|午後"), "12-18"),
    (re.compile(r"夕.*(?:以降|から|過ぎ|すぎ)"), "16-21"),
    (re.compile(r"夕"), "16-18"),
    (re.compile(r"夜.*遅|最終|遅|おそ"), "19-21"),
    (re.compile(r"夜|晩"), "18-21"),
)
_SLOTS = ((8, 12), (12, 14), (14, 16), (16, 18), (18, 20), (19, 21))
_PREFILTER = re.compile(r"時|[0-9]:[0-9]|朝|昼|正午|午|夕|夜|晩|最終|AM|PM|am|pm")
_MORE = re.compile(r"^[^。\n]{0,14}")
_BUSY = re.compile(
    r"^(?:頃|ごろ|くらい|ぐらい|の?時間帯?|中|台|まで|から|以降|あたり|[はもにがで]|とか|、|\s|\(|どうしても|ほとんど|大抵|いつも|だいたい|ちょっと|すこし|少し|絶対|家に|家には|誰も|だれも|毎日|出勤|の配達|のお?届け|の配送|の到着|の受け?取り)*(?:"
    + AWAY.pattern
    + r"|(?<=[はも])[^、。]{0,8}(?:い(?:ない|ません)(?!か)|留守|不在|出られ|無理|おらん|寝て))"
)
_STORY = re.compile(
    r"^(?:頃|ごろ|に|から|の|、|は)*(?:(?:指定|希望)?(?:で|と)?(?:注文|指定|お願い|希望)(?:し|いたし)(?:ました|ていま|ておりま|てい?た)[^。、]{0,3}(?:が|けど)|注文|も(?:眠|寝)|早く(?:休|寝|眠)|開始|始ま|スタート|開演|集合|出発|電話|メール|寝|起き)"
)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the day, where it stands, and whether nobody is there then."""

    span: Span
    first: int
    last: int
    is_away: bool = False

    def __str__(self) -> str:
        return f"{self.first:02d}-{self.last:02d}"


def find_windows(text: str) -> list[Window]:
    """Every window of the text in order; overlapping readings give way to the one found first."""
    if not _PREFILTER.search(text):
        return []
    found: list[Window] = []
    for pattern, read in ((_RANGE, _read_range), (_SINGLE, _read_single), (_NAMED, _read_named)):
        for match in pattern.finditer(text):
            if any(w.span[0] < match.end() and match.start() < w.span[1] for w in found):
                continue
            window = read(match)
            if window is None or _STORY.match(text[match.end() :]):
                continue
            found.append(window if window.is_away or _is_end_of_absence(match) else _judged(text, window))
    return _without_stories(text, sorted(found, key=lambda w: w.span))


def _is_end_of_absence(match: re.Match[str]) -> bool:
    """6時くらいまで出かけています: the window read is what comes after."""
    return (
        match.re is _SINGLE
        and match["how"] == "まで"
        and bool(AWAY.match(match.string[match.end() :].lstrip("はの、")))
    )


_ENDS = re.compile(r"^(?:頃|ごろ|くらい|ぐらい)?(?:に|まで|で)?(?:終わ|終了|終業|上が|あが|閉ま|閉店|お?迎え)")
#: 午前中だと寝てるので午後に, 昼からは畑さ行ぐで、午前中に: reasons come first.
_BECAUSE = re.compile(
    r"^(?:頃|中|から)?(?:は|だと|に)[^。]{2,}?(?:ので|んで|ため|けん|さかい|から|[うくぐすつぬむる]で)、?[^。]{0,3}$|^(?:頃|ごろ)?(?:な|になる)(?:ので|んで|ため)、?[^。]{0,3}$"
)
#: 帰宅が20時頃なのでそれ以降に
_THEREAFTER = re.compile(
    r"^(?:頃|ごろ)?(?:です|なので|になるので|になります|ですので|のため|だから)[、。]?(?:その|それ)(?:以降|後|より後)"
)
_ONLY_THEN = re.compile(r"^(?:しか|のみ|だけ)")


def _without_stories(text: str, found: list[Window]) -> list[Window]:
    """仕事が7時に終わるので夜7時以降: the hour of the reason gives way to the hour wished."""
    if len(found) < 2:
        return found
    kept = [
        w
        for at, w in enumerate(found[:-1])
        if not _BECAUSE.search(text[w.span[1] : found[at + 1].span[0]])
        and not _ENDS.match(text[w.span[1] :])
        and not (_ONLY_THEN.match(text[w.span[1] :]) and re.search(r"平日は?$", text[: w.span[0]]))
    ]
    return [*kept, found[-1]]


def wished(windows: list[Window]) -> Window | None:
    """The window somebody is at home: the first wished one, else what is left of a day beside the busy ones, `is_away` kept."""
    wishes = [w for w in windows if not w.is_away]
    if wishes:
        precise = [w for w in wishes if w.span[1] - w.span[0] > 2 or w.last - w.first < 6]
        return next(iter(precise), wishes[0]) if len(wishes) < 3 else wishes[0]
    if not windows:
        return None
    busy = windows[0]
    if busy.first <= 9 and busy.last < 20:
        return Window(busy.span, busy.last, 21, is_away=True)
    if busy.last >= 20 and busy.first > 8:
        return Window(busy.span, 8, busy.first, is_away=True)
    first, last = (busy.last, 21) if busy.last < 18 else (8, busy.first)
    return Window(busy.span, first, last, is_away=True)


def _judged(text: str, window: Window) -> Window:
    rest = text[window.span[1] : window.span[1] + 24]
    away = bool(_BUSY.match(rest)) and not re.match(r"^(?:しか|以外(?!で|に|なら|がい|を|希)|だと|なら)", rest)
    return Window(window.span, window.first, window.last, away)


def _clock(part: str | None, hour: int, fallback: str | None = None) -> int:
    """Hours of 24: 午後2 is 14, 夜7 is 19, 夕方6 is 18."""
    half = part or fallback
    if half in ("午後", "夕方", "夜", "晩", "夕", "PM", "pm") and 1 <= hour < 12:
        return hour + 12
    if half in ("昼", "お昼") and 1 <= hour < 6:
        return hour + 12
    return hour


def _follows(match: re.Match[str], characters: str) -> bool:
    """Whether the number is the tail of something longer: 12/24 before 18-20時 is not."""
    start = match.start("p1") if match["p1"] else match.start("h1")
    return start > 0 and match.string[start - 1] in characters


def _read_range(match: re.Match[str]) -> Window | None:
    raw = match.group()
    if not re.search(r"時|:", raw) or (_follows(match, "0123456789/-月")):
        return None
    first = _clock(match["p1"], int(match["h1"]))
    last = _clock(match["p2"], int(match["h2"]), match["p1"])
    if last <= first < 12 and last + 12 > first and last < 12:
        last += 12
    if not match["p1"] and not match["p2"] and 1 <= first < last <= 7:
        first, last = first + 12, last + 12
    return Window(match.span(), max(first, 8), last) if max(first, 8) < last <= 24 else None


def _read_single(match: re.Match[str]) -> Window | None:
    if _follows(match, "0123456789:"):
        return None
    how = match["how"] or ""
    hour = _clock(match["p1"], int(match["h1"]), "夜" if "帰" in how or "戻" in how else None)
    if not match["p1"] and 1 <= hour < 7:
        hour += 12
    if how in ("までに", "まで", "以前", "より前", "前"):
        return _until(match, hour)
    if how:
        return Window(match.span(), min(max(hour, 8), 20), 21)
    if _THEREAFTER.match(match.string[match.end() :]):
        return Window(match.span(), min(max(hour, 8), 20), 21)
    first, last = next(((a, b) for a, b in _SLOTS if a == hour), None) or next(
        ((a, b) for a, b in _SLOTS if a <= hour < b), (8, 12) if hour < 12 else (19, 21)
    )
    return Window(match.span(), first, last)


def _until(match: re.Match[str], hour: int) -> Window | None:
    rest = match.string[match.end() : match.end() + 16]
    head = AWAY.search(rest.split("、")[0])
    if head and not RETURN.search(rest[: head.start()]) and match["how"] == "まで":
        return Window(match.span(), min(hour, 20), 21)
    return Window(match.span(), 8, min(hour, 21)) if hour > 8 else None


def _read_named(match: re.Match[str]) -> Window | None:
    for pattern, window in _NAMED_WINDOWS:
        if pattern.search(match.group()):
            first, last = window.split("-")
            return Window(match.span(), int(first), int(last))
    return None
