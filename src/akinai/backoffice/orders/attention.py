"""Orders of people on the attention list (CS-40): the reason they get, and whether they are held. Never a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from akinai.shop.customers.attention import Listed, is_empty, listed
from akinai.shop.customers.types import Buyer

from .models import CheckReason, Order
from .states import Check, Timing
from .types import Reason

_FIELDS = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


def listed_of(orders: Sequence[Order]) -> list[list[Listed]]:
    """For each order the entries that fit its buyer or its recipient. At most two queries for the whole batch."""
    if not orders or is_empty():
        return [[] for _order in orders]
    return listed([(order.customer_id, _people(order)) for order in orders])


def _people(order: Order) -> list[Buyer]:
    parties = [{name: getattr(order, f"{side}_{name}") for name in _FIELDS} for side in ("buyer", "ship")]
    buyer = Buyer(**parties[0], mail=order.buyer_mail)
    return [buyer] if parties[0] == parties[1] else [buyer, Buyer(**parties[1])]


def judge_attention(found: Sequence[Listed], timing: str) -> Reason | None:
    """BLACKLIST: which entries fit and by what, and which of them keep an order paid with this `timing` back.

    Their words stay on the customer's page, which fewer people see.
    """
    if not found:
        return None
    entries = [
        {
            "id": each.entry.pk,
            "customer": each.entry.customer_id,
            "level": each.entry.level,
            "approved": each.entry.approved_at is not None,
            "by": list(each.by),
            "keeps": keeps_back([each], timing),
        }
        for each in found
    ]
    return Reason(Check.BLACKLIST, {"entries": entries})


def keeps_back(found: Sequence[Listed], timing: str) -> bool:
    """True if the order is held besides: no more business, or prepayment only and the order is paid afterwards."""
    return any(each.stops or (each.wants_prepayment and timing == Timing.POSTPAID) for each in found)


def is_answered(order: Order, reason: Reason) -> bool:
    """True if somebody has looked at this order with the very same entries, held by them or not."""
    told = _said(reason.detail)
    closed = CheckReason.objects.filter(order=order, code=Check.BLACKLIST, closed_at__isnull=False)
    return any(_said(detail) == told for detail in closed.values_list("detail", flat=True))


def _said(detail: dict[str, list[dict[str, object]]]) -> set[tuple[object, ...]]:
    return {(e.get("id"), e.get("level"), e.get("approved"), e.get("keeps")) for e in detail.get("entries", [])}
