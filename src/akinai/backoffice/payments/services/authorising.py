"""与信: what stands good for an order, until when, and what happens when that day is over (ORD-63, PAY-5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.events import MailDraftRequested
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.services.bulk import by_itself
from akinai.backoffice.orders.services.guarding import NOT_CANCELLED, take
from akinai.backoffice.orders.services.reasons import close_reason, open_reason
from akinai.backoffice.orders.states import Cancel, Check
from akinai.backoffice.payments.authorisations import expiry, is_over
from akinai.backoffice.payments.models import Authorisation, LedgerEntry
from akinai.backoffice.payments.states import AuthState, Entry
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.terms import selectors as terms

from .ledger import Money, check_money, take_once, write_entry


def told_as_authorised(order: Order) -> int:
    """Yen that were ever told as authorised for this order, wherever they went since."""
    rows = LedgerEntry.objects.filter(order=order, kind=Entry.AUTHORISED, reversed_by__isnull=True)
    return rows.aggregate(n=Sum("amount"))["n"] or 0


def keep_authorisations(actor: Actor, entries: Sequence[LedgerEntry], *, expires_on: dt.date | None = None) -> None:
    """An authorisation for each of these entries, with the life its payment method gives it (PAY-5)."""
    if not entries:
        return
    days = {method.id: method.auth_days for method in terms.snapshot().methods.values()}
    rows = [
        Authorisation(
            order=entry.order, amount=entry.amount, authorised_on=entry.occurred_on, reference=entry.reference,
            expires_on=expires_on or expiry(entry.occurred_on, days.get(entry.order.payment_method_id)),
            at=entry.at, by=actor.key,
        )
        for entry in entries
    ]  # fmt: skip
    insert_many(rows)


@transaction.atomic
def authorise(
    actor: Actor,
    *,
    order_id: int,
    money: Money,
    expires_on: dt.date | None = None,
    seen_version: int | None = None,
) -> LedgerEntry:
    """A new authorisation was given at the agency: it replaces those before (ORD-63).

    `money.on` is its day, `expires_on` its last one (default: what the payment method says). Raises BadInput for an
    amount or days that cannot be, Refused for cancelled orders and those that are not paid by authorisation.
    """
    check_money(money)
    if expires_on is not None and expires_on < money.on:
        raise BadInput(_("It cannot end before it begins."), field="expires_on")
    order, known = take_once(order_id, money.key, seen_version)
    if known is not None:
        return known
    if order.cancel == Cancel.CANCELLED:
        raise Refused(_("This order is cancelled."))
    if order.payment_method.auth_days is None:
        raise Refused(_("This way to pay knows no authorisation."))
    _end_live(actor, order, AuthState.REPLACED, _("Replaced by a new authorisation"))
    entry = write_entry(actor, order, Entry.AUTHORISED, money)
    keep_authorisations(actor, [entry], expires_on=expires_on)
    orders.record(actor, order_id, guarantee_failed=False)
    if close_reason(actor, order, Check.AUTH_EXPIRED, answer="authorised"):
        orders.refresh(actor, [order])
    return entry


def _end_live(actor: Actor, order: Order, state: AuthState, note: str) -> int:
    """End what is live of an order, in the ledger too; returns the yen that no longer stand."""
    live = list(Authorisation.objects.filter(order=order, state=AuthState.LIVE))
    amount = sum(row.amount for row in live)
    if amount:
        ids = [row.pk for row in live]
        Authorisation.objects.filter(pk__in=ids).update(state=state, ended_at=clock.now())
        write_entry(actor, order, Entry.AUTH_OVER, Money(amount, clock.today(), note=note))
    return amount


@transaction.atomic
def void_authorisations(actor: Actor, order: Order, note: str) -> int:
    """End every live authorisation of an order that has lost its hold: the old payment was voided, or a deferred
    payment goes elsewhere (`orders.ports.guarantee_lost`). Returns the yen that no longer stand (PAY-0)."""
    return _end_live(actor, order, AuthState.VOID, note)


def end_authorisations(actor: Actor, on: dt.date | None = None) -> int:
    """What ran out before this JST date (default today) is over: the gate closes (PAY-5, ORD-63).

    The order goes back to a person with AUTH_EXPIRED, and the request for another payment (M17) is drafted. Orders of
    which nothing is left to send are left alone. Each in its own transaction; returns how many. One that fails keeps no
    other waiting; Refused tells which did when all had their turn.
    """
    day = on or clock.today()
    due = Authorisation.objects.filter(state=AuthState.LIVE, expires_on__lt=day, order__cancel=Cancel.NONE)
    open_lines = OrderLine.objects.filter(quantity__gt=F("shipped") + F("cancelled"), order_id=OuterRef("order_id"))
    here = Order.objects.still_open().filter(is_history=False)
    rows = due.filter(Exists(open_lines), order_id__in=here.values("pk")).order_by("order_id")
    ids = list(rows.values_list("order_id", flat=True).distinct())
    return by_itself(ids, lambda pk: _end_one(actor, pk, day))


@transaction.atomic
def _end_one(actor: Actor, order_id: int, day: dt.date) -> int:
    order = take(order_id, NOT_CANCELLED)
    over = [
        row for row in Authorisation.objects.filter(order=order, state=AuthState.LIVE) if is_over(row.expires_on, day)
    ]
    if not over:
        return 0
    amount, until = sum(row.amount for row in over), max(row.expires_on for row in over if row.expires_on)
    Authorisation.objects.filter(pk__in=[row.pk for row in over]).update(state=AuthState.OVER, ended_at=clock.now())
    note = _("Valid until %(day)s") % {"day": date_format(until, "n/j")}
    write_entry(actor, order, Entry.AUTH_OVER, Money(amount, clock.today(), note=note))
    order = orders.record(actor, order_id, guarantee_failed=True)
    open_reason(actor, order, Check.AUTH_EXPIRED, {"amount": amount, "until": until.isoformat()})
    audit.record(actor, "orders.auth_expired", order.subject, detail={"amount": amount, "until": until})
    events.emit(MailDraftRequested(order.pk, order.number, order.edition, kind="M17"), actor=actor)
    orders.refresh(actor, [order])
    return 1


def move_authorised(actor: Actor, giver: Order, taker: Order, amount: int) -> None:
    """Carry `amount` yen of the live authorisations over to another part, with their days (ORD-52)."""
    if amount <= 0:
        return
    left = amount
    now = clock.now()
    for row in Authorisation.objects.filter(order=giver, state=AuthState.LIVE).order_by("id"):
        some = min(left, row.amount)
        if not some:
            break
        _give(row, taker, some, actor)
        left -= some
    note = mask_cards(f"{giver.number} → {taker.number}")
    today = clock.aware(now).date()
    write_entry(actor, giver, Entry.AUTH_OUT, Money(amount, today, note=note))
    write_entry(actor, taker, Entry.AUTH_IN, Money(amount, today, note=note))


def _give(row: Authorisation, taker: Order, some: int, actor: Actor) -> None:
    """Part of an authorisation, or all of it, for another order; onto its twin there if it came from it before."""
    if some == row.amount:
        Authorisation.objects.filter(pk=row.pk).update(state=AuthState.MOVED, ended_at=clock.now())
    else:
        Authorisation.objects.filter(pk=row.pk).update(amount=F("amount") - some)
    same = {"order": taker, "authorised_on": row.authorised_on, "expires_on": row.expires_on, "state": AuthState.LIVE}
    if Authorisation.objects.filter(**same, reference=row.reference).update(amount=F("amount") + some):
        return
    Authorisation.objects.create(**same, reference=row.reference, amount=some, at=clock.now(), by=actor.key)
