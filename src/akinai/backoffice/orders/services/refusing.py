"""Why a draft cannot be an order at all. What merely needs a person becomes a check reason instead (ORD-20)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.totals import Basis, PointsKind
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft
from akinai.foundation.core import clock
from akinai.foundation.core.errors import Sentence
from akinai.foundation.core.text import tidy_address
from akinai.shop.terms.windows import parse

#: No line is so many pieces and no amount so many yen; a longer number is a slip of the finger.
MOST_PIECES = 1_000_000
MOST_YEN = 1_000_000_000
#: How far ahead of our clock a store's may be, and how far ahead anybody wishes for a day.
AHEAD = dt.timedelta(days=2)
WISH_AHEAD = dt.timedelta(days=3650)
FEES = ("shipping_fee", "payment_fee", "wrapping_fee", "coupon", "points")
_BASES, _POINTS_KINDS = frozenset(Basis), frozenset(PointsKind)
_NO_CHARACTERS = re.compile("[\0\ud800-\udfff]")
PARTY_NAMES = tuple(PartyDraft.__dataclass_fields__)
_WIDTHS = {f.name: f.max_length or 0 for f in Order._meta.concrete_fields}
_LINE_WIDTHS = {f.name: f.max_length or 0 for f in OrderLine._meta.concrete_fields}


def refusals(draft: OrderDraft, judge: Judge) -> list[Sentence]:
    """One sentence for each thing that cannot be stored or understood; empty for a draft that can be an order.

    Whatever a file or a program may say ends here as a sentence, so that one nonsensical order never costs the batch.
    """
    return [*_terms(draft, judge), *_lines(draft), *_amounts(draft), *_dates(draft, judge), *_texts(draft)]


def _terms(draft: OrderDraft, judge: Judge) -> Iterator[Sentence]:
    if draft.store_id not in judge.stores.stores:
        yield _("There is no such store.")
    if not draft.store_number.strip():
        yield _("The order number is missing.")
    if not (draft.buyer.name or draft.buyer.company).strip():
        yield _("The buyer's name is missing.")
    if judge.terms.method(draft.payment.method) is None:
        yield _("Nobody knows the payment method “%(word)s”. Choose what it means.") % {"word": draft.payment.method}
    if draft.delivery_service and judge.terms.service(draft.delivery_service) is None:
        yield _("Nobody knows the delivery service “%(word)s”. Choose what it means.") % {
            "word": draft.delivery_service
        }
    if not draft.delivery_service and judge.terms.default() is None:
        yield _("No delivery service is set as the usual one. Set one in the settings.")
    if draft.wish_window and parse(draft.wish_window) != draft.wish_window:
        yield _("Nobody knows the time window “%(word)s”. Choose what it means.") % {"word": draft.wish_window}


def _lines(draft: OrderDraft) -> Iterator[Sentence]:
    if not draft.lines:
        yield _("The order has no line.")
    if any(line.quantity < 1 for line in draft.lines):
        yield _("A quantity must be 1 or more.")
    if any(line.unit_price < 0 for line in draft.lines):
        yield _("A price must not be negative.")
    if any(line.quantity > MOST_PIECES for line in draft.lines):
        yield _("That is too many pieces.")
    if any(line.price_basis not in _BASES or not _is_percent(line.tax_rate) for line in draft.lines):
        yield _("A line says neither how much tax it bears nor whether its price includes it.")


def _is_percent(rate: int | None) -> bool:
    return rate is None or 0 <= rate <= 100


def _amounts(draft: OrderDraft) -> Iterator[Sentence]:
    paid = (draft.payment.paid_amount, draft.payment.guaranteed_amount)
    fees = [getattr(draft, name) for name in FEES]
    if min(*fees, *paid) < 0:
        yield _("A fee, discount or payment must not be negative.")
    given = (draft.other_fee, draft.store_total or 0, draft.store_tax or 0)
    worth = sum(line.unit_price * line.quantity for line in draft.lines)
    if max(map(abs, (*fees, *paid, *given, worth))) > MOST_YEN:
        yield _("No order is worth that much. Look at its amounts.")
    if draft.points_kind not in _POINTS_KINDS:
        yield _("Nobody knows what the points of this order are.")


def _dates(draft: OrderDraft, judge: Judge) -> Iterator[Sentence]:
    if draft.ordered_at.year <= dt.MINYEAR or draft.ordered_at.year >= dt.MAXYEAR:
        yield _("This date cannot be when it was ordered.")
        return
    at = clock.aware(draft.ordered_at)
    if at > judge.now + AHEAD or "std" not in judge.stores.tax_rates(at.date()):
        yield _("This date cannot be when it was ordered.")
    if draft.wish_date is not None and not at.date() - WISH_AHEAD < draft.wish_date < at.date() + WISH_AHEAD:
        yield _("This wished date cannot be meant.")


def _texts(draft: OrderDraft) -> Iterator[Sentence]:
    """What the columns hold; nothing is cut off in silence. NUL and halves of characters cannot be stored at all."""
    wholes = [draft.store_number, draft.remark, draft.gift_note, draft.warehouse_note, draft.payment.method]
    wholes += [draft.wish_window_raw, draft.delivery_service]
    for party in (draft.buyer, draft.ship_to):
        wholes += [getattr(party, name) for name in PARTY_NAMES]
    for line in draft.lines:
        wholes += [line.code, line.name, line.options]
    joined = "".join(wholes)
    if _NO_CHARACTERS.search(joined):
        yield _("This order holds characters that are none.")
    if len(draft.store_number.strip()) > _WIDTHS["store_number"]:
        yield _("The order number is too long.")
    if len(draft.wish_window_raw) > _WIDTHS["wish_window_raw"]:
        yield _("The wished time is too long.")
    for prefix, party in (("buyer", draft.buyer), ("ship", draft.ship_to)):
        if any(_stored(name, getattr(party, name)) > _WIDTHS.get(f"{prefix}_{name}", 254) for name in PARTY_NAMES):
            yield _("A name, address or phone number is too long.")
    if any(_too_long(line) for line in draft.lines):
        yield _("The name or code of an item is too long.")


def _stored(name: str, value: str) -> int:
    return len(tidy_address(value.strip()) if name in ("address1", "address2") else value.strip())


def _too_long(line: LineDraft) -> bool:
    return len(line.code) > _LINE_WIDTHS["store_code"] or len(line.name) > _LINE_WIDTHS["name"]
