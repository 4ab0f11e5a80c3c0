"""Wishes for weekdays: wanted ones, or the ones on which nobody is there."""

from __future__ import annotations

import re

from .phrases import ARRIVE, AWAY, RETURN
from .sentences import Sentences
from .types import Found, Kind, Span

CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_INDEX = {c: i for i, c in enumerate("月火水木金土日")}
_WEEKDAYS = re.compile(
    r"(?P<weekend>土日(?:祝日?)?|週末|(?<![定連祭])休日|お休みの日)|(?P<work>平日|月~金|月曜?日?(?:~|から)金曜?日?)|"
    r"(?:(?<=毎週)|(?<![0-9(\w明今来先]))(?P<days>[月火水木金土日]曜日?(?:(?:と|か|や|も|または|もしくは|or|[・、,/])*[月火水木金土日](?:曜日?|(?=[のにはがで以])))*)|"
    r"(?P<run>(?<![一-龥ァ-ヶA-Za-z0-9(])(?!月日|日本|土日|火水は)[月火水木金土日]{2,4}(?=は|の(?:午|夜|朝|昼|みに|どれ)|以外|なら|が(?:休|不在|留守|仕事)|(?:に|で)(?:届|お願|配)|休))|(?P<many>(?<![一-龥ァ-ヶA-Za-z0-9(])[月火水木金土日](?:[・、,/かと][月火水木金土日])+(?:曜日?)?)|(?<=[ぁ-んー、。のかも ])(?P<one>[月火水木金土日]曜日?)"
)
_PREFILTER = re.compile(r"曜|土日|週末|平日|休日|[月火水木金土日][・、,/かと~]?[月火水木金土日]")
_STOPS = re.compile(r"、|ので|ため|けど|けれど|が、|んで(?!す)|さかい")
_POSITIVE = re.compile(
    r"しか|だけ(?!は)|でないと|じゃないと|のみ|なら(?!ない)|だと(?!.{0,6}(?:無理|困|ダメ|いな|不在))|でなければ|限定|指定|いずれか|どちらか|どっちか|希望|に届|着"
)
_LATE = re.compile(r"遅い|遅く|おそい|留守がち|日中|仕事|働|バタバタ|忙し|勤め")
_STORY = re.compile(r"^(?:に|の|は)?(?:注文|買|購入|メール|お?電話し|問い合わせ|届いた|頼ん)")


#: 平日は夜しかいないので週末に
_ONLY_THEN = re.compile(r"^は[^、。]{0,6}(?:夜|夕方|晩|深夜|早朝|朝)(?:以降)?(?:しか|だけ|のみ)")


def find_weekdays(text: str, sentences: Sentences) -> list[Found]:
    """At most one wish: the wanted weekdays, or with `!` those to stay away from."""
    if not _PREFILTER.search(text):
        return []
    wanted: set[int] = set()
    unwanted: set[int] = set()
    spans: list[tuple[bool, Span]] = []
    for match in _WEEKDAYS.finditer(text):
        if _is_story(text, match):
            continue
        rest = text[match.end() : sentences.end(match.start())]
        nxt = _WEEKDAYS.search(rest)
        is_away = _is_away(rest[: nxt.start()] if nxt else rest) or bool(nxt and _ONLY_THEN.match(rest))
        (unwanted if is_away else wanted).update(_days(match))
        spans.append((is_away, match.span()))
    if not spans:
        return []
    return [_wish(wanted, unwanted, spans)]


def _wish(wanted: set[int], unwanted: set[int], spans: list[tuple[bool, Span]]) -> Found:
    days, sign = (wanted, "") if wanted else (unwanted, "!")
    span = next(span for away, span in spans if away == bool(sign))
    return Found(Kind.WEEKDAY_PREF, span, text=sign + ",".join(CODES[d] for d in sorted(days)))


def _is_story(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() :]
    return bool(_STORY.match(rest)) or text[match.start() - 1 : match.start()] in ("先", "前")


def _is_away(rest: str) -> bool:
    clause = _STOPS.split(rest)[0]
    if re.match(
        r"^(?:日?の?)?(?:以外|は?が?(?:お店の|店の|会社の)?(?:定休日|定休|お?休み)(?:です|なので|のため|につき)|を?(?:避|さけ|除))",
        clause,
    ):
        return True
    if _POSITIVE.search(clause):
        return False
    away = AWAY.search(clause)
    if away is not None:
        return not (
            RETURN.search(clause[: away.start()])
            or re.search(r"仕事が?(?:休|ない)|休みな|休みで(?:す|家|在)|お?休みの", clause)
        ) and not (re.match(r"休み", away.group()) and not re.search(r"休業|定休|会社|事務所|店", clause + rest))
    return bool(_LATE.search(clause)) and not ARRIVE.search(clause)


def _days(match: re.Match[str]) -> set[int]:
    if match["weekend"]:
        return {5, 6}
    if match["work"]:
        return {0, 1, 2, 3, 4}
    named = match["days"] or match["run"] or match["many"] or match["one"]
    bare = named.replace("曜日", "曜")
    return {_INDEX[c] for c in bare if c in _INDEX}
