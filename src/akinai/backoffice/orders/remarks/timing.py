"""What a remark wishes of days and hours: holds, days, deadlines, periods to avoid, weekdays, windows (REM-12 to REM-19)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from .daysoff import DAY
from .periods import find_periods
from .phrases import ARRIVE
from .roles import STOPS, THAT_DAY, WAIT, Role, Said, judge
from .sentences import Sentences
from .types import Found, Kind, Span
from .weekdays import find_weekdays
from .windows import Window, find_windows, wished

_NEEDED = re.compile(r"間に合|それまで|その日まで|までに|必着|その前|前日|当日ま|早めに届|に届")


_BY_THEN = re.compile(r"(?:それ|その日|その時|そこ|当日)(?:より|の|よりも)?(?:まで|前)|間に合|前日")


_THEREAFTER = re.compile(
    r"(?:それ|その日|翌日|帰宅|戻って|帰って|明けて|終わって|これ|そちら|休み明け)?(?:以降|以後|のあと|の後|(?<!午)後|から)(?=.{0,14}(?:届|お?届け|配|受|着|発送|送|出荷|お願い|希望|で|に|なら|だと|ください))|その後|そのあと|翌日"
)


_NIGHT = re.compile(r"^(?:の|は|、)*(?:夜|深夜|晩|夕方|遅く|夜遅く|\d+時)")


_NEARBY = re.compile(r"^(?:頃|ごろ|前後|くらい|ぐらい|位|あたり|辺り|近辺)")


def find_timing(text: str, ordered: dt.date, sentences: Sentences) -> list[Found]:
    """Every wish about days, weekdays and hours; the window stands with the wish that ranks first (REM-3)."""
    windows = find_windows(text)
    mentions = find_periods(text, ordered)
    said = _agreed(text, [judge(text, mentions, i, sentences, windows) for i in range(len(mentions))])
    found = [*_ambiguous(said), *_dated(text, said, ordered)]
    spoken = [s.mention.span for s in said if s.role is not Role.STORY]
    found += [f for f in find_weekdays(text, sentences) if not any(_meets(f.span, span) for span in spoken)]
    hours = _beside(found, windows) or wished([w for w in windows if not _belongs_to_story(w, said)])
    return found if hours is None else _with_window(text, found, hours)


_LIST = re.compile(r"^\s?(?:と|、|,|・|や|および|及び|&|も)\s?$")


#: 30日から4日まで店は正月休み
_CALLED = re.compile(r"^(?:まで)?(?:は|、|の)?[^。、0-9]{0,6}$")


def _agreed(text: str, said: list[Said]) -> list[Said]:
    """12月8日と9日は: what is said of the last day of a list is said of each; 年末年始(12/29~1/3) is said once."""
    for at in range(len(said) - 2, -1, -1):
        between = text[said[at].mention.span[1] : said[at + 1].mention.span[0]]
        if _LIST.match(between):
            said[at] = replace(
                said[at], role=said[at + 1].role, tail=said[at + 1].tail, is_shipping=said[at + 1].is_shipping
            )
        elif between in ("(", "[", " ", ":", "、(", "=") and said[at].mention.grain != "day":
            said[at] = replace(said[at], role=Role.STORY)
        elif (
            between in ("", "の", "、")
            and said[at].mention.grain in ("named", "period")
            and said[at + 1].mention.grain == "day"
        ):
            said[at] = replace(said[at], role=Role.STORY)
        elif said[at].mention.is_range and said[at + 1].mention.grain in ("named", "period") and _CALLED.match(between):
            said[at], said[at + 1] = replace(said[at], role=Role.AWAY), replace(said[at + 1], role=Role.STORY)
        elif said[at + 1].role is Role.EVENT and re.match(r"^[がはの][^、。]{0,6}$", between):
            said[at], said[at + 1] = replace(said[at], role=Role.EVENT), replace(said[at + 1], role=Role.STORY)
    return said


def _beside(found: Sequence[Found], windows: Sequence[Window]) -> Window | None:
    """The window written right behind the day wished: 24日の夜に, whatever else was said of mornings."""
    days = [f for f in found if f.kind is Kind.DELIVER_ON]
    return next((w for f in days for w in windows if not w.is_away and 0 <= w.span[0] - f.span[1] <= 1), None)


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_window(text: str, found: list[Found], hours: Window) -> list[Found]:
    if not found:
        return (
            [Found(Kind.TIME_ONLY, hours.span, time_window=str(hours), is_sure=not hours.is_away)]
            if _speaks_of_delivery(text)
            else []
        )
    return [
        Found(
            f.kind,
            f.span,
            f.hold_until,
            f.deliver_on,
            "" if f.kind is Kind.AMBIGUOUS_DATE else str(hours),
            f.text,
            f.is_sure,
        )
        for f in found
    ] + [Found(found[0].kind, hours.span, found[0].hold_until, found[0].deliver_on, str(hours), found[0].text)]


_NO_DELIVERY = re.compile(r"(?:電話|連絡|メール|返信|返事)(?:は|を|なら)?[^。]{0,8}\d*時")


def _speaks_of_delivery(text: str) -> bool:
    return not _NO_DELIVERY.search(text) or bool(ARRIVE.search(text))


def _belongs_to_story(window: Window, said: Sequence[Said]) -> bool:
    """The hour somebody comes home on a day, or leaves, is no wish."""
    for s in said:
        start = s.mention.span[1]
        clause = STOPS.split(s.tail)[0]
        if (
            s.role in (Role.RETURNS, Role.STORY, Role.LEAVES, Role.EVENT)
            and start <= window.span[0] < start + len(clause) + 2
        ):
            return True
    return False


_NOT_EARLIER = re.compile(
    r"(?:それ|その日|これ)(?:より|以前|まで)も?[^。、]{0,4}(?:届|着|来|配達|早|前)[^。]{0,8}(?:困|ないで|ない(?:よう|で)|受け?取れ|避|遠慮)"
)


def _ambiguous(said: Sequence[Said]) -> list[Found]:
    """A written weekday that is not the date's: the date, then the nearest date with that weekday (REM-4)."""
    found = []
    for s in said:
        mention = s.mention
        if mention.weekday is None or mention.weekday == mention.first.weekday():
            continue
        ahead = (mention.weekday - mention.first.weekday()) % 7
        nearest = mention.first + (ahead if ahead <= 3 else ahead - 7) * DAY
        text = f"{mention.first.isoformat()}|{nearest.isoformat()}"
        found.append(Found(Kind.AMBIGUOUS_DATE, mention.span, text=text, is_sure=False))
    return found


def _dated(text: str, said: Sequence[Said], ordered: dt.date) -> list[Found]:
    """Explicit wishes; without any, what follows from absences (REM-12, REM-16)."""
    exact = [s for s in said if s.mention.grain not in ("length",)] or list(said)
    if any(s.role is Role.AFTER for s in exact):
        exact = [s for s in exact if s.role is not Role.ON or s.mention.first == s.mention.last]
    wishes = [f for s in _precise(exact) if (f := _wish(s, text)) is not None]
    if wishes:
        return wishes
    return _from_absence(text, exact, ordered) or _from_event(text, exact)


def _precise(said: Sequence[Said]) -> list[Said]:
    """年が明けてから … 1月8日以降で: a day says more than the vague time it lies in or after."""
    days = [s for s in said if s.mention.grain == "day" and s.role is Role.AFTER]
    exact = [s for s in said if s.mention.grain == "day" and s.role is Role.ON and ARRIVE.search(s.tail)]
    if exact:
        said = [s for s in said if s.role is not Role.ON or s.mention.grain != "named" or ARRIVE.search(s.tail)]
    if any(s.mention.grain == "day" and s.role is Role.BY for s in said):
        said = [s for s in said if s.role is not Role.BY or s.mention.grain != "named"]
    vague = ("named", "part", "month", "week", "period")
    return [
        s
        for s in said
        if not (
            (s.role in (Role.AFTER, Role.ON) or (s.role is Role.UNTIL and WAIT.search(s.tail)))
            and s.mention.grain in vague
            and any(d.mention.first >= s.mention.first - 3 * DAY for d in days)
        )
    ]


def _wish(s: Said, text: str) -> Found | None:
    mention = s.mention
    nearby = "approx" if _NEARBY.match(s.tail) or _NEARBY.match(text[mention.span[1] :]) else ""
    if s.role is Role.AFTER:
        return _hold(s, mention.last + DAY if _past_it(s) else mention.first, nearby)
    if s.role is Role.UNTIL and WAIT.search(s.tail) and not mention.is_range:
        is_start = mention.grain in ("month", "week") and re.match(r"^まで(?:は)?(?:に)?[^。]{0,8}(?:待|保留)", s.tail)
        return _hold(s, mention.first if is_start else mention.last + DAY, nearby)
    if s.role is Role.BY:
        return Found(Kind.DELIVER_BY, mention.span, deliver_on=mention.last, text=nearby)
    if s.role is Role.BEFORE:
        return Found(Kind.DELIVER_BY, mention.span, deliver_on=mention.first - DAY)
    if s.role is Role.ON:
        return _on(s, nearby)
    return None


def _past_it(s: Said) -> bool:
    """後, 明け, 過ぎ of a period or a weekend means that it is over first."""
    over = re.match(r"^(?:の)?(?:より後|過ぎ|を過ぎ|すぎ|を?すぎ|明け|後)", s.tail)
    return (
        bool(over) and (s.mention.first != s.mention.last or s.tail.startswith("より後"))
    ) or s.mention.grain == "period"


def _hold(s: Said, day: dt.date, nearby: str = "") -> Found:
    kind = Kind.HOLD_SHIP if s.is_shipping else Kind.HOLD_DELIVERY
    return Found(kind, s.mention.span, hold_until=day, text=nearby)


def _on(s: Said, nearby: str) -> Found:
    mention = s.mention
    if mention.grain == "weekend":
        return Found(Kind.DELIVER_ON, mention.span, deliver_on=mention.first, text=nearby)
    if s.is_shipping or mention.first != mention.last:
        return _hold(s, mention.first, nearby)
    return Found(Kind.DELIVER_ON, mention.span, deliver_on=mention.first, text=nearby)


def _from_absence(text: str, said: Sequence[Said], ordered: dt.date) -> list[Found]:
    away = [s for s in said if s.role in (Role.AWAY, Role.UNTIL)]
    back = next((s for s in said if s.role is Role.RETURNS), None)
    leaves = next((s for s in said if s.role is Role.LEAVES), None)
    if back is not None:
        return [_hold(back, _home_from(text, back))]
    if leaves is not None and not away:
        return [Found(Kind.DELIVER_BY, leaves.mention.span, deliver_on=leaves.mention.first - DAY)]
    if not away:
        return []
    if leaves is not None and leaves.mention.first <= away[-1].mention.last:
        return [_avoid(leaves.mention.first, away[-1].mention.last, (leaves.mention.span[0], away[-1].mention.span[1]))]
    return [_absent(text, away, ordered)]


def _absent(text: str, away: Sequence[Said], ordered: dt.date) -> Found:
    first, last = min(s.mention.first for s in away), max(s.mention.last for s in away)
    final = max(away, key=lambda s: s.mention.last)
    span = (min(s.mention.span[0] for s in away), max(s.mention.span[1] for s in away))
    after = text[final.mention.span[1] :]
    if _BY_THEN.search(after) and first > ordered + DAY:
        return Found(Kind.DELIVER_BY, span, deliver_on=first - DAY)
    has_start = (
        (final.role is Role.AWAY or final.mention.is_range)
        and final.mention.grain != "length"
        and first > ordered + DAY
    )
    if (has_start and not _THEREAFTER.search(after)) or (final.role is Role.AWAY and _OTHERWISE.search(after)):
        return _avoid(first, last, span)
    return _hold(Said(final.mention, final.role, final.tail, final.is_shipping), last + DAY)


#: Only these days will not do: any other is welcome, also earlier ones.
_OTHERWISE = re.compile(
    r"(?:それ|その日|そこ|この日|これ)以外|以外の日|日以外|(?:前|まえ)か(?:後|あと)|だけは?(?:外|はず|避|さけ|除|NG|不可|無理|ダメ|だめ|やめ|勘弁|受け?取)"
)


def _avoid(first: dt.date, last: dt.date, span: Span) -> Found:
    return Found(Kind.AVOID_PERIOD, span, hold_until=last + DAY, text=f"{first.isoformat()}/{last.isoformat()}")


def _home_from(text: str, back: Said) -> dt.date:
    """X with それ以降 → X; in the night, or nothing but the return → the day after (REM-12)."""
    rest = text[back.mention.span[1] :]
    if (
        _NIGHT.match(rest)
        or re.search(r"翌日|それより(?:後|あと|遅)", rest)
        or not re.search(r"以降|その日|当日|それから|から|後|あと|その", rest)
    ):
        return back.mention.last + DAY
    return back.mention.last


def _from_event(text: str, said: Sequence[Said]) -> list[Found]:
    """A day something happens on, with それまでに or 間に合うように said elsewhere."""
    for s in said:
        if s.role is not Role.EVENT:
            continue
        later = text[s.mention.span[1] :]
        if _NOT_EARLIER.search(later):
            return [_hold(s, s.mention.first)]
        if THAT_DAY.search(later):
            return [_on(s, "")]
        if _THEREAFTER.search(later):
            return [_hold(s, s.mention.first)]
        if not _NEEDED.search(text):
            continue
        rest = text[s.mention.span[1] :] + text[: s.mention.span[0]]
        early = re.search(r"前日|その前|それより前|前に", rest)
        return [Found(Kind.DELIVER_BY, s.mention.span, deliver_on=s.mention.first - DAY if early else s.mention.last)]
    return []
