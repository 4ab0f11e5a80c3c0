"""Reading which orders share a parcel, which might, and which wait too long for each other (ORD-53, ORD-55, N-16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Hold, Order, OrderLine, OrderPart
from akinai.backoffice.orders.neighbours import address_key, spellings
from akinai.backoffice.orders.states import Cancel, HoldKind
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.shop.stores import settings
from akinai.shop.terms import selectors as terms

from . import declared
from .models import Bundle, BundleMember
from .sharing import Judgement, judge, too_heavy
from .states import BundleState

#: Orders at the same postcode that are looked at.
MOST_CANDIDATES = 50
#: Orders among which one looks for some that could leave together.
MOST_PROPOSED = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that might leave in the same parcel as another: yen the buyer would save and days of delay.

    `is_near`: it came within the hours in which the shop proposes to send orders together (N-16).
    """

    order: Order
    judgement: Judgement
    saved: int
    delay: int
    is_near: bool = False


def judge_together(lead: Order, others: Sequence[Order]) -> Judgement:
    """ORD-53 for several orders and their leading one, its service's weight limit included."""
    services = {service.id: service for service in terms.snapshot().services.values()}
    service, across = services[lead.delivery_service_id], bool(settings.value(declared.BUNDLE_STORES))
    against: list[str] = []
    warnings: list[str] = []
    for other in others:
        found = judge(lead, other, service, services[other.delivery_service_id], across_stores=across)
        against += found.against
        warnings += found.warnings
    lines = OrderLine.objects.filter(order__in=[lead, *others]).select_related("sku")
    if too_heavy(service, list(lines)):
        against.append(_("Together the goods are too heavy for %(service)s.") % {"service": service.name})
    return Judgement(tuple(dict.fromkeys(against)), tuple(dict.fromkeys(warnings)))


def candidates(order: Order) -> list[Candidate]:
    """Open orders to the same address that could go with this one (ORD-53), the nearest in time first."""
    if order.is_history or order.shipped_at is not None or order.cancel != Cancel.NONE:
        return []
    rows = Order.objects.still_open().filter(
        ship_postcode__in=spellings(order.ship_postcode), shipped_at__isnull=True, cancel=Cancel.NONE, is_history=False
    )
    rows = rows.exclude(pk=order.pk).exclude(bundled__is_open=True)
    # what was divided is put together again (ORD-52), not sent together
    divided = OrderPart.objects.filter(undone_at__isnull=True)
    rows = rows.exclude(pk__in=divided.filter(order=order).values("part_id"))
    rows = rows.exclude(pk__in=divided.filter(part=order).values("order_id"))
    near = sorted(
        rows.select_related("store", "payment_method", "delivery_service")[:MOST_CANDIDATES],
        key=lambda other: abs(other.ordered_at - order.ordered_at),
    )
    same = [other for other in near if address_key(other) == address_key(order)]
    return [_candidate(order, other) for other in same]


def _candidate(order: Order, other: Order) -> Candidate:
    first, second = sorted((order, other), key=lambda o: (o.ordered_at, o.pk))
    span = dt.timedelta(hours=int(settings.value(declared.ASK_WITHIN_HOURS)))
    return Candidate(
        other, judge_together(first, [second]), saved_by([first, second]), delay_days([first, second]),
        is_near=abs(second.ordered_at - first.ordered_at) <= span,
    )  # fmt: skip


def delay_days(found: Sequence[Order]) -> int:
    """How many days later the earliest of these orders would leave if it waited for the latest."""
    timetable = Timetable.load()
    plans = [timetable.plan(order, list(order.lines.select_related("sku"))) for order in found]
    days = [plan.ship_on for plan in plans if plan is not None]
    return (max(days) - min(days)).days if len(days) > 1 else 0


def open_bundles() -> QuerySet[Bundle]:
    """Orders that wait for each other or for their buyer's answer, what is due first."""
    members = BundleMember.objects.select_related("order__store").order_by("-is_lead", "order_id")
    rows = Bundle.objects.filter(state__in=[BundleState.ASKED, BundleState.OPEN])
    return rows.prefetch_related(Prefetch("members", members)).order_by("until", "id")


def overdue_bundles(on: dt.date | None = None) -> QuerySet[Bundle]:
    """ORD-55: those whose deadline has come while an order still waits for the other; staff decide."""
    waits = Hold.objects.filter(
        order__bundled__bundle=OuterRef("pk"), kind=HoldKind.BUNDLE_WAIT, closed_at__isnull=True
    )
    return open_bundles().filter(Exists(waits), state=BundleState.OPEN, until__lte=on or clock.today())


def proposals() -> list[list[Order]]:
    """N-16: open orders to one address that came within the shop's hours of each other and ship alone so far.

    Each group with its earliest order first; the groups whose first order is the earliest come first.
    """
    alone = (
        Order.objects.still_open()
        .filter(shipped_at__isnull=True, cancel=Cancel.NONE, is_history=False, shipment_stages=[])
        .exclude(bundled__is_open=True)
        .exclude(ship_postcode="")
    )
    shared = alone.order_by().values("ship_postcode").annotate(n=Count("id")).filter(n__gt=1)
    rows = alone.filter(ship_postcode__in=shared.values("ship_postcode")).select_related("store", "payment_method")
    groups: dict[tuple[str, str, str], list[Order]] = {}
    for order in rows.order_by("ordered_at", "id")[:MOST_PROPOSED]:
        groups.setdefault(address_key(order), []).append(order)
    span = dt.timedelta(hours=int(settings.value(declared.ASK_WITHIN_HOURS)))
    near = ([o for o in group if o.ordered_at - group[0].ordered_at <= span] for group in groups.values())
    return [group for group in near if len(group) > 1 and judge_together(group[0], group[1:]).allowed]


def bundle_by_id(bundle_id: int) -> Bundle:
    """One bundle. Raises NotFound."""
    found = Bundle.objects.filter(pk=bundle_id).first()
    if found is None:
        raise NotFound(_("There is no such bundle."))
    return found


def in_bundle(made: Bundle) -> list[Order]:
    """Its orders, the leading one first."""
    rows = made.members.select_related("order__store", "order__payment_method").order_by("-is_lead", "order_id")
    return [member.order for member in rows]


def goods_in(order: Order) -> list[tuple[str, int]]:
    """What the buyer still gets, by name and number."""
    return [(line.name, line.live) for line in order.lines.all() if line.live]


def saved_by(found: Sequence[Order]) -> int:
    """Yen the buyer saves when these leave in one parcel, the leading one first: what the others pay for shipping."""
    if settings.value(declared.BUNDLE_SAVED) != "return":
        return 0
    return sum(order.shipping_fee for order in found[1:])
