"""電話・FAX受注 (R16): one form makes one order, whatever happens to the line, the browser or the finger (R24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders import permissions
from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import CallSheet, Order, OrderCall
from akinai.backoffice.orders.phone.models import TYPED_KINDS, CallBy
from akinai.backoffice.orders.phone.quoting import Entry, Quote, quote
from akinai.backoffice.orders.phone.reading import digest_of, six_items
from akinai.backoffice.orders.phone.sheets import FOLDER
from akinai.backoffice.orders.types import Placed, Rejected
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import again_after_deadlock
from akinai.foundation.core.errors import Conflict, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers.services import set_language

from .intake import take_in
from .noting import write_note

PREFIX = {CallBy.PHONE.value: "TEL-", CallBy.FAX.value: "FAX-"}


def take_phone_order(actor: Actor, *, key: str, entry: Entry, read: str) -> tuple[Order, bool]:
    """Place what was typed (T01). Returns the order and whether it is new.

    `key` names the form: the same form sent again gives the order it made, with nothing done (R24, REL-5); the same
    form with another content is a Conflict. `read` is the digest of what was read out (LAW-2): if the order would now
    be another, Refused. Goods that went meanwhile refuse it too unless the buyer was told of a wait. Other prices than
    those of the tables need their permission. Emits what `place_orders` emits.
    """
    return again_after_deadlock(lambda: _take(actor, key, entry, read))


@transaction.atomic
def _take(actor: Actor, key: str, entry: Entry, read: str) -> tuple[Order, bool]:
    call = _claim(actor, key, entry.how)
    if call.order is not None:
        return _again(call, entry), False
    judge = Judge.load()
    found = quote(entry, judge)
    items = six_items(found, judge)
    _guard(actor, found, judge, read == digest_of(items))
    order = _place(actor, key, found, judge)
    call.order, call.fingerprint, call.typed, call.how = order, entry.fingerprint, {}, entry.how
    call.at, call.by, call.by_label = judge.now, actor.key, actor.label
    call.read_out = [list(item) for item in items]
    call.save()
    if entry.language:
        set_language(actor, customer_id=order.customer.merged_into_id or order.customer_id, language=entry.language)
    if entry.staff_note.strip():
        write_note(actor, order_id=order.pk, text=entry.staff_note)
    audit.record(actor, "orders.read_out", order.subject, detail={"how": entry.how, "amount": order.total})
    return order, True


def _claim(actor: Actor, key: str, how: str) -> OrderCall:
    """The row of this form, locked: of two who send it at once the second waits here and meets the order."""
    begun = {"how": how, "at": clock.now(), "by": actor.key, "by_label": actor.label}
    OrderCall.objects.get_or_create(key=key, defaults=begun)
    return OrderCall.objects.select_for_update(of=("self",)).select_related("order").get(key=key)


def _again(call: OrderCall, entry: Entry) -> Order:
    assert call.order is not None
    if call.fingerprint != entry.fingerprint:
        raise Conflict(
            _("This form has already been entered as %(number)s. Change that order, or begin a new one.")
            % {"number": call.order.number}
        )
    return call.order


def _guard(actor: Actor, found: Quote, judge: Judge, is_read: bool) -> None:
    if judge.stores.stores[found.entry.store_id].kind not in TYPED_KINDS:
        raise Refused(_("Orders of this store are not entered by hand."))
    ship_to = found.entry.ship_to
    if not all((ship_to.name, ship_to.phone, ship_to.postcode, ship_to.prefecture, ship_to.address1)):
        raise Refused(_("Name, phone and address of the recipient are needed."))
    if found.errors:
        raise Refused(found.errors)
    if found.is_repriced and not actor.may(permissions.PRICE):
        raise Refused(_("You may not change prices or the shipping fee. Ask somebody who may."))
    if not is_read:
        raise Refused(_("What has to be read out is another now. Read it out again and tick it."))


def _place(actor: Actor, key: str, found: Quote, judge: Judge) -> Order:
    result = take_in(actor, [found.draft(PREFIX[found.entry.how] + key, judge.now)])[0]
    if isinstance(result, Rejected):
        raise Refused(result.reasons)
    assert isinstance(result, Placed) and result.created
    if not found.entry.short_told:
        _require_goods(result.order)
    return result.order


def _require_goods(order: Order) -> None:
    """What was free a moment ago may have gone to somebody else; then nothing is placed and the clerk can say so."""
    gone = [line for line in order.lines.all() if line.short > 0 and not line.short_told]
    if gone:
        raise Refused(
            [
                _("%(name)s: only %(n)d are left now. Tell the buyer.") % {"name": line.name, "n": line.allocated}
                for line in gone
            ]
        )


@transaction.atomic
def keep_call(actor: Actor, *, key: str, how: str, typed: Mapping[str, Any]) -> OrderCall:
    """Keep a form that is not finished, to go on with later; card numbers in it are masked (PAY-4).

    Raises Conflict if it has become an order meanwhile.
    """
    call = _claim(actor, key, how)
    if call.order is not None:
        raise Conflict(_("This form has already been entered as %(number)s.") % {"number": call.order.number})
    call.how, call.at, call.by, call.by_label = how, clock.now(), actor.key, actor.label
    call.typed = {name: mask_cards(str(value)) for name, value in typed.items()}
    call.save()
    return call


@transaction.atomic
def drop_call(actor: Actor, *, key: str) -> None:
    """Throw a kept form and its sheets away; one that became an order, or is gone already, is left alone."""
    call = OrderCall.objects.select_for_update().filter(key=key, order__isnull=True).first()
    if call is not None:
        forget_files(call.sheets.all())
        call.delete()


def forget_files(sheets: Iterable[CallSheet]) -> None:
    """Delete the files of sheets once their rows are certainly gone. Inside a transaction."""
    for sheet in sheets:
        transaction.on_commit(partial(default_storage.delete, f"{FOLDER}/{sheet.stored}"))
