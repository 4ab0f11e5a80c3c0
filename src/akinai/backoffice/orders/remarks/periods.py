"""Days that belong together: from one to the other, or one and how long (12/1~4, 12/5から3日間)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from .dates import Mention, day_of, find_mentions, later_month
from .daysoff import DAY

_TO = re.compile(r"^\s?(?:頃|ごろ)?(?:から|~|より|-|―|・)\s?$")
_TO_NUMBER = re.compile(
    r"^\s?(?:から|~|より|-)\s?(?P<d>3[01]|[12]\d|[1-9])(?P<unit>日)?(?!\d|時|:|月|/|週|泊|[ヶケか]月)(?P<more>間|ほど|程|くらい|ぐらい)?"
)
_FOR = re.compile(r"^(?:から|より|~)?(?:の|、)?$")


def find_periods(text: str, ordered: dt.date) -> list[Mention]:
    """Every day and period the text names, in order: two days with から, ~ or - between them become one period; so does a day with a length (12/5から3日間)."""
    out: list[Mention] = []
    for mention in find_mentions(text, ordered):
        last = out[-1] if out else None
        if last is None or mention.span[0] < last.span[1]:
            if last is None:
                out.append(_with_number(text, mention))
            continue
        between = text[last.span[1] : mention.span[0]]
        if (
            mention.grain == "length"
            and last.grain in ("day", "plus", "named")
            and _FOR.match(between)
            and not last.is_range
        ):
            out[-1] = _stretched(last, mention, ordered)
        elif _TO.match(between) and not last.is_range and mention.grain not in ("length", "plus"):
            out[-1] = _range(last, mention)
        else:
            out.append(_with_number(text, mention))
    return out


def _range(begin: Mention, end: Mention) -> Mention:
    last = end.last
    if last < begin.first:
        last = day_of(last.year + 1, last.month, last.day) or last
    return replace(begin, span=(begin.span[0], end.span[1]), last=max(last, begin.first), is_range=True, grain="day")


def _stretched(begin: Mention, length: Mention, ordered: dt.date) -> Mention:
    days = (length.last - ordered).days
    span = (begin.span[0], length.span[1])
    return replace(begin, span=span, last=begin.first + (days - 1) * DAY, is_range=True)


def _with_number(text: str, mention: Mention) -> Mention:
    """12/1~4, 12月1日から4日: the end without a month."""
    if mention.grain != "day" or mention.first != mention.last:
        return mention
    found = _TO_NUMBER.match(text[mention.span[1] :])
    if found is None:
        return mention
    span = (mention.span[0], mention.span[1] + found.end())
    if found["more"]:
        if not found["unit"]:
            return mention
        return replace(mention, span=span, last=mention.first + (int(found["d"]) - 1) * DAY, is_range=True)
    last = day_of(mention.first.year, mention.first.month, int(found["d"]))
    if last is not None and last < mention.first:
        last = day_of(*later_month(last.year, last.month, 1), int(found["d"]))
    return mention if last is None else replace(mention, span=span, last=last, is_range=True)
