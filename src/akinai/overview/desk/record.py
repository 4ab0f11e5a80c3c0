"""How promises were kept: numbers by day and kind, and the bars of a month. Days are those of the deadline, in JST."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from akinai.backoffice.orders.states import Promised
from akinai.foundation.core import clock
from akinai.foundation.ui import html

from . import links
from .models import Promise
from .states import How, Outcome

#: The figure of a day: width and height of the whole, and how wide one day is.
WIDTH, HEIGHT, DAY = 744, 120, 24
BAR = 16
#: Drawn from the ground up.
STACK = (How.KEPT, How.LATE, How.OPEN)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar; `y` counts from the top."""

    how: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: what it says, where it leads, its pieces; `x` is its left edge. No pieces: nothing was due."""

    day: dt.date
    x: int
    says: str
    url: str
    parts: tuple[Part, ...]
    is_today: bool

    @property
    def middle(self) -> int:
        return self.x + DAY // 2


@dataclass(frozen=True, slots=True)
class Line:
    """One kind over a span: how many were due and how they ended, each with its address; `share` is percent in time."""

    label: str
    kind: str
    due: int
    kept: int
    late: int
    open: int
    share: int | None
    urls: dict[str, str]
    same_day: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A month of promises, and one day of it."""

    first: dt.date
    last: dt.date
    day: dt.date
    bars: tuple[Bar, ...]
    most: int
    of_day: tuple[Line, ...]
    of_month: tuple[Line, ...]
    before: dt.date
    after: dt.date | None

    width: int = WIDTH
    height: int = HEIGHT


def how() -> Case:
    """How a promise stands, as SQL: in time, broken (late, or past and still open), or still open in time."""
    broken = Q(outcome=Outcome.OPEN, due_at__lt=clock.now()) | Q(ended_at__gt=F("due_at"))
    return Case(
        When(broken, then=Value(How.LATE.value)),
        When(outcome=Outcome.OPEN, then=Value(How.OPEN.value)),
        When(outcome=Outcome.KEPT, then=Value(How.KEPT.value)),
        default=Value(How.DROPPED.value),
    )


def load(month: dt.date, day: dt.date) -> Record:
    """The month that holds `month`, and `day`; two queries."""
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    rows = _due_between(min(first, day), max(last, day))
    found: Counter[tuple[dt.date, str, str]] = Counter()
    for on, kind, way, number in rows.values_list("on", "kind", "way").annotate(n=Count("id")):
        found[on, kind, way] = number
    in_month = {key: n for key, n in found.items() if first <= key[0] <= last}
    in_day = {key: n for key, n in found.items() if key[0] == day}
    per_day = Counter[dt.date]()
    for (on, _kind, way), number in in_month.items():
        per_day[on] += number if way in STACK else 0
    most = max(per_day.values(), default=0)
    same = _same_day(first, last)
    next_month = last + dt.timedelta(days=1)
    return Record(
        first, last, day, tuple(_bar(on, in_month, most) for on in _days(first, last)), most,
        _lines(in_day, day, day, {}), _lines(in_month, first, last, same), first - dt.timedelta(days=1),
        next_month if next_month <= clock.today() + dt.timedelta(days=31) else None,
    )  # fmt: skip


def _due_between(first: dt.date, last: dt.date) -> QuerySet[Any]:
    start = dt.datetime.combine(first, dt.time(), tzinfo=clock.JST)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=clock.JST)
    rows = Promise.objects.filter(due_at__gte=start, due_at__lt=end).order_by()
    found: QuerySet[Any] = cast("QuerySet[Any]", rows).annotate(on=TruncDate("due_at", tzinfo=clock.JST), way=how())
    return found


def _same_day(first: dt.date, last: dt.date) -> dict[str, int]:
    """Confirmations that went out on the very day of the order (ORD-22)."""
    rows = _due_between(first, last).filter(kind=Promised.CONFIRM, outcome=Outcome.KEPT)
    opened, ended = TruncDate("opened_at", tzinfo=clock.JST), TruncDate("ended_at", tzinfo=clock.JST)
    number = rows.annotate(opened_on=opened, ended_on=ended).filter(opened_on=F("ended_on")).count()
    return {Promised.CONFIRM.value: number}


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _bar(day: dt.date, found: dict[tuple[dt.date, str, str], int], most: int) -> Bar:
    numbers = {way: sum(n for (on, _k, w), n in found.items() if on == day and w == way) for way in STACK}
    x = (day.day - 1) * DAY
    parts, top = [], HEIGHT
    for way, number in numbers.items():
        if number:
            height = max(round(number * (HEIGHT - 12) / most), 2)
            top -= height
            parts.append(Part(way.value, x + (DAY - BAR) // 2, top, height))
    says = "、".join([html.day(day), *(f"{way.label} {n}" for way, n in numbers.items() if n)])
    url = links.page("desk:promises", month=f"{day:%Y-%m}", day=day.isoformat())
    return Bar(day, x, says, url, tuple(parts), day == clock.today())


def _lines(
    found: dict[tuple[dt.date, str, str], int], first: dt.date, last: dt.date, same: dict[str, int]
) -> tuple[Line, ...]:
    lines = []
    for kind in Promised:
        numbers = {way: sum(n for (_on, k, w), n in found.items() if k == kind and w == way) for way in STACK}
        due = sum(numbers.values())
        if due:
            ended = numbers[How.KEPT] + numbers[How.LATE]
            share = round(100 * numbers[How.KEPT] / ended) if ended else None
            urls = {way.value: _list_url(kind, way, first, last) for way in STACK}
            urls["due"] = _list_url(kind, None, first, last)
            lines.append(
                Line(str(kind.label), kind.value, due, numbers[How.KEPT], numbers[How.LATE], numbers[How.OPEN], share,
                     urls, same.get(kind.value))
            )  # fmt: skip
    return tuple(lines)


def _list_url(kind: str, way: How | None, first: dt.date, last: dt.date) -> str:
    ways = {"how": way.value} if way else {}
    return links.page("desk:promise_list", kind=kind, due_from=first.isoformat(), due_to=last.isoformat(), **ways)
