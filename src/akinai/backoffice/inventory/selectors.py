"""Reading stock: balances, who holds what, and why a number is what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import NotFound
from akinai.shop.catalog.models import Sku

from .models import Movement, Place, Reservation, Stock
from .types import Holder, Numbers


def reserved_by(references: Iterable[str]) -> dict[str, int]:
    """How many pieces each reference holds; references that hold nothing are absent."""
    rows = Reservation.objects.filter(reference__in=list(references)).values("reference").order_by()
    return {row["reference"]: row["pieces"] for row in rows.annotate(pieces=Sum("quantity"))}


def free(sku_ids: Collection[int], *, place: Place | None = None) -> dict[int, int]:
    """Free pieces of each SKU where orders reserve (or at a place); 0 for a SKU that was never stocked."""
    rows = Stock.objects.filter(sku_id__in=sku_ids)
    rows = rows.filter(place=place) if place else rows.filter(place__is_default=True)
    found = {row.sku_id: row.free for row in rows}
    return {sku_id: found.get(sku_id, 0) for sku_id in sku_ids}


def numbers(sku_ids: Collection[int]) -> dict[int, Numbers]:
    """The balances of each SKU summed over all places, with its safety stock."""
    rows = Sku.objects.filter(pk__in=sku_ids).order_by()
    sums = rows.values("pk", "safety").annotate(
        on_hand=Sum("stocks__on_hand"), blocked=Sum("stocks__blocked"), reserved=Sum("stocks__reserved")
    )
    return {r["pk"]: Numbers(r["on_hand"] or 0, r["blocked"] or 0, r["reserved"] or 0, r["safety"] or 0) for r in sums}


#: the tabs of the stock list: name -> condition on the annotated rows
SHOW: dict[str, Q] = {
    "": Q(),
    "low": Q(free__gt=0, free__lte=F("safety")),
    "none": Q(free__lte=0),
    "blocked": Q(blocked__gt=0),
}


def listed(show: str = "") -> QuerySet[Sku]:
    """SKUs with their balances over all places as `on_hand`, `blocked`, `reserved` and `free`.

    Goods that are no longer sold appear while any are left. `show` is a key of SHOW; an unknown one shows all.
    """
    rows = Sku.objects.select_related("product").annotate(
        on_hand=Coalesce(Sum("stocks__on_hand"), 0),
        blocked=Coalesce(Sum("stocks__blocked"), 0),
        reserved=Coalesce(Sum("stocks__reserved"), 0),
    )
    rows = rows.annotate(free=F("on_hand") - F("blocked") - F("reserved"))
    return rows.filter(Q(is_active=True) | Q(on_hand__gt=0)).filter(SHOW.get(show, Q()))


def tab_counts() -> dict[str, int]:
    """How many SKUs each tab of the stock list holds; one query."""
    flags = {f"is_{name}": Case(When(condition, then=1), default=0) for name, condition in SHOW.items() if name}
    rows = listed().order_by().annotate(**flags).values("pk", *flags)
    told = rows.aggregate(total=Count("pk"), **{flag.removeprefix("is_"): Sum(flag, default=0) for flag in flags})
    return {"": told.pop("total"), **told}


def place_names() -> list[str]:
    """The places that are counted, the default one first."""
    return list(Place.objects.values_list("name", flat=True))


def holders(sku_id: int, *, place_id: int | None = None) -> list[Holder]:
    """Who holds pieces of a SKU, the latest promise first."""
    rows = Reservation.objects.filter(sku_id=sku_id).order_by("-created_at", "-id")
    if place_id is not None:
        rows = rows.filter(place_id=place_id)
    return [Holder(r.reference, r.quantity, r.created_at) for r in rows]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number is what it is: the equation, who holds pieces, and the ledger, newest first."""

    sku: Sku
    places: list[Stock]
    numbers: Numbers
    holders: list[Holder]
    ledger: list[Movement]
    more: bool
    proven: bool
    movements: int


def explain(sku_id: int, *, rows: int = 30, before: int | None = None) -> Explanation:
    """Explain the numbers of one SKU: on hand - blocked - reserved = free (N-6).

    `proven` says that adding up the whole ledger and all reservations gives exactly these numbers, now. `before` is
    the id of a movement: older rows of the ledger. Raises NotFound.
    """
    sku = Sku.objects.select_related("product").filter(pk=sku_id).first()
    if sku is None:
        raise NotFound(_("This SKU does not exist."))
    places = list(Stock.objects.select_related("place").filter(sku_id=sku_id).order_by("-place__is_default", "place"))
    ledger = Movement.objects.select_related("place").filter(sku_id=sku_id).order_by("-id")
    if before is not None:
        ledger = ledger.filter(pk__lt=before)
    page = list(ledger[: rows + 1])
    total = Numbers(
        sum(s.on_hand for s in places), sum(s.blocked for s in places), sum(s.reserved for s in places), sku.safety
    )
    held = holders(sku_id)
    proven, count = _proof(sku_id, total, sum(h.quantity for h in held))
    return Explanation(sku, places, total, held, page[:rows], len(page) > rows, proven, count)


def _proof(sku_id: int, total: Numbers, promised: int) -> tuple[bool, int]:
    sums = Movement.objects.filter(sku_id=sku_id).aggregate(
        on_hand=Sum("on_hand", default=0), blocked=Sum("blocked", default=0), reserved=Sum("reserved", default=0)
    )
    agrees = (sums["on_hand"], sums["blocked"], sums["reserved"]) == (total.on_hand, total.blocked, total.reserved)
    return agrees and promised == total.reserved, Movement.objects.filter(sku_id=sku_id).count()


def ledger(sku_id: int) -> QuerySet[Movement]:
    """All movements of a SKU, the oldest first."""
    return Movement.objects.select_related("place").filter(sku_id=sku_id).order_by("id")
