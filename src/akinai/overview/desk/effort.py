"""手間の記録: what work each kind of order costs, and which rule would have saved the most (N-9)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from akinai.backoffice.orders.declared import HARMLESS_PASSES
from akinai.backoffice.orders.models import CheckReason, Order
from akinai.backoffice.orders.remarks import Kind, interpret
from akinai.backoffice.orders.states import Check
from akinai.foundation.core import clock
from akinai.foundation.core.text import fold
from akinai.shop.stores import settings

from . import links
from .counting import MANY, MIXED, PLAIN, Taken
from .models import EffortCount

SPANS = (7, 30, 90)
#: The newest so many orders are looked at; more would only cost time.
MOST_ORDERS = 20_000
MOST_REMARKS = 5_000
#: A rule is proposed for something done so often, and nearly always in the same way.
OFTEN, NEARLY_ALWAYS = 5, 90
MOST_PROPOSALS = 5
LABELS: dict[str, str | Lazy] = {
    PLAIN: pgettext_lazy("effort", "Plain orders"),
    MIXED: gettext_lazy("Several reasons"),
    MANY: gettext_lazy("Many at once, from the list"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of order over the span. `wait` is the median time from the first look to acceptance by a person."""

    key: str
    label: str
    orders: int
    taken: Taken
    wait: dt.timedelta | None

    @property
    def presses(self) -> int:
        return self.taken.presses

    @property
    def each(self) -> dict[str, float | None]:
        """What was counted, for one order; None where no order of the kind came in."""
        return {
            name: round(number / self.orders, 1) if self.orders else None
            for name, number in self.taken._asdict().items()
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something done by hand again and again without changing anything; `saves` is how many presses it cost."""

    sentence: str
    saves: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Effort:
    """The whole page."""

    days: int
    kinds: tuple[Share, ...]
    proposals: tuple[Proposal, ...]

    @property
    def presses(self) -> int:
        return sum(kind.presses for kind in self.kinds)

    @property
    def orders(self) -> int:
        return sum(kind.orders for kind in self.kinds)


def load(days: int) -> Effort:
    """The last `days` days up to now; four queries."""
    since = clock.now() - dt.timedelta(days=days)
    kinds = tuple(_kinds(since))
    each = {kind.key: kind.each["presses"] or 1.0 for kind in kinds}
    return Effort(days, kinds, tuple(_proposals(since, each)))


def kind_of(reasons: int | None, code: str | None) -> str:
    """By what made a person look: nothing, one reason, or several."""
    if not reasons:
        return PLAIN
    return MIXED if reasons > 1 else str(code)


def label(kind: str) -> str:
    """A kind in words."""
    if kind in LABELS:
        return str(LABELS[kind])
    return str(Check(kind).label) if kind in Check.values else kind


def _kinds(since: dt.datetime) -> Iterable[Share]:
    orders: Counter[str] = Counter()
    waits: dict[str, list[dt.timedelta]] = defaultdict(list)
    for number, code, seen_at, accepted_at, by in _orders(since):
        kind = kind_of(number, code)
        orders[kind] += 1
        if seen_at and accepted_at and by.startswith("staff:") and accepted_at >= seen_at:
            waits[kind].append(accepted_at - seen_at)
    counted = EffortCount.objects.filter(day__gte=clock.aware(since).date()).order_by().values_list("kind")
    sums = counted.annotate(*(Sum(name) for name in Taken._fields))
    work = {kind: Taken(*numbers) for kind, *numbers in sums}
    keys = sorted({*orders, *work}, key=lambda key: (key == MANY, key != PLAIN, -orders[key], key))
    for key in keys:
        seconds = [wait.total_seconds() for wait in waits[key]]
        wait = dt.timedelta(seconds=median(seconds)) if seconds else None
        yield Share(key, label(key), orders[key], work.get(key, Taken()), wait)


def _orders(since: dt.datetime) -> Iterable[tuple[int | None, str | None, dt.datetime | None, dt.datetime | None, str]]:
    reasons = CheckReason.objects.filter(order=OuterRef("pk")).order_by().values("order")
    rows: QuerySet[Any] = Order.objects.filter(ordered_at__gte=since, is_history=False)
    rows = rows.order_by("-ordered_at", "-id")
    rows = rows.annotate(
        n=Subquery(reasons.annotate(n=Count("code", distinct=True)).values("n")),
        c=Subquery(reasons.annotate(c=Min("code")).values("c")),
    )
    return rows.values_list("n", "c", "seen_at", "accepted_at", "accepted_by")[:MOST_ORDERS]


def _proposals(since: dt.datetime, each: dict[str, float]) -> list[Proposal]:
    """Reasons waved through again and again, and remarks that say the same; the dearest first."""
    closed = Q(closed_by__startswith="staff:")
    unchanged = closed & Q(order__edition=1, order__cancel="none")
    rows = CheckReason.objects.filter(order__ordered_at__gte=since, closed_at__isnull=False).order_by()
    by_code = rows.values_list("code").annotate(all=Count("id", filter=closed), same=Count("id", filter=unchanged))
    found = [_reason(code, same, every, each) for code, every, same in by_code if _worth(same, every)]
    remarks = rows.filter(unchanged, code=Check.REMARK).order_by("-id").values_list("order__remark", flat=True)
    texts, written = Counter[str](), dict[str, str]()
    for text in remarks[:MOST_REMARKS]:
        plain = " ".join(fold(text).split())
        texts[plain] += 1
        written.setdefault(plain, " ".join(text.split()))
    found += [_remark(written[plain], n, each) for plain, n in texts.most_common(MOST_PROPOSALS) if n >= OFTEN]
    return sorted(found, key=lambda proposal: -proposal.saves)[:MOST_PROPOSALS]


def _worth(same: int, every: int) -> bool:
    return same >= OFTEN and 100 * same >= NEARLY_ALWAYS * every


def _reason(code: str, same: int, every: int, each: dict[str, float]) -> Proposal:
    words = {"reason": label(code), "same": same, "all": every}
    sentence = _("“%(reason)s” was answered %(all)s times, %(same)s of them without changing anything.") % words
    return Proposal(sentence, round(same * each.get(code, 1.0)), links.page("orders:rule_new"), _("Make a rule"))


def _remark(text: str, number: int, each: dict[str, float]) -> Proposal:
    """A remark read again and again; one that only greets can pass by a switch, another by a rule."""
    cut = text if len(text) <= 40 else f"{text[:39]}…"
    saves, words = round(number * each.get(Check.REMARK, 1.0)), {"text": cut, "n": number}
    greets = interpret(text, clock.now()).kind == Kind.HARMLESS
    if greets and not settings.value(HARMLESS_PASSES):
        sentence = _("The remark “%(text)s” was read %(n)s times. It asks for nothing: let such remarks pass.") % words
        return Proposal(sentence, saves, links.page("stores:number_edit", HARMLESS_PASSES), _("Open the setting"))
    sentence = _("The remark “%(text)s” was read %(n)s times, and nothing came of it.") % words
    return Proposal(sentence, saves, links.page("orders:rule_new"), _("Make a rule"))
