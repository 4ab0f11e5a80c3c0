"""Changing the shop, its stores, its days, rates and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused

from . import settings, states
from .changes import delete_row, save_row
from .models import ClosedDay, Setting, Shop, Store, TaxRate
from .registration_number import judge
from .selectors import SHOP_ID, is_set_up
from .values import checked

#: The longest run of days closed at once; more is a slip of the pen.
LONGEST_CLOSING = 60


@transaction.atomic
def set_up_shop(actor: Actor, *, name: str, **changes: Any) -> Shop:
    """Make the shop's row for the first time. `changes` are other fields of Shop.

    Raises Refused if there is a shop already, BadInput for a field that cannot be used.
    """
    if is_set_up():
        raise Refused(_("This shop is set up already."))
    return _save_shop(actor, "stores.set_up_shop", Shop(pk=SHOP_ID), {"name": name, **changes})


@transaction.atomic
def update_shop(actor: Actor, *, changes: Mapping[str, Any]) -> Shop:
    """Change fields of the shop; also sets it up where nobody has. Raises BadInput (TAX-37 for the number)."""
    shop = Shop.objects.select_for_update().filter(pk=SHOP_ID).first() or Shop(pk=SHOP_ID)
    return _save_shop(actor, "stores.update_shop", shop, changes)


def _save_shop(actor: Actor, action: str, shop: Shop, changes: Mapping[str, Any]) -> Shop:
    wanted = dict(changes)
    if "registration_number" in wanted:
        is_corporation = wanted.get("is_corporation", shop.is_corporation)
        judged = judge(wanted["registration_number"], is_corporation=is_corporation)
        if judged.error:
            raise BadInput(judged.error, field="registration_number")
        wanted["registration_number"] = judged.number
    if "closed_weekdays" in wanted:
        wanted["closed_weekdays"] = _weekdays(wanted["closed_weekdays"])
    save_row(actor, action, shop, wanted)
    return shop


def _weekdays(days: Any) -> list[int]:
    found = sorted({int(day) for day in days})
    if len(found) >= 7 or any(day not in range(7) for day in found):
        raise BadInput(_("Leave at least one weekday open."), field="closed_weekdays")
    return found


@transaction.atomic
def save_store(actor: Actor, *, store_id: int | None = None, changes: Mapping[str, Any]) -> Store:
    """Add a store (no id) or change one. `changes` are fields of Store.

    Raises NotFound, BadInput (code taken, unknown word), Refused if the code of a used store would change.
    """
    store = Store() if store_id is None else _store(store_id)
    wanted = dict(changes)
    if store_id is not None and wanted.get("code", store.code) != store.code:
        raise Refused(_("The code of a store stays, since orders and files name it."))
    if "mail_senders" in wanted:
        wanted["mail_senders"] = _senders(wanted["mail_senders"])
    save_row(actor, "stores.save_store", store, wanted)
    return store


def _store(store_id: int) -> Store:
    found = Store.objects.select_for_update().filter(pk=store_id).first()
    if found is None:
        raise NotFound(_("There is no such store."))
    return found


def _senders(senders: Mapping[str, str]) -> dict[str, str]:
    for kind, who in senders.items():
        if kind not in states.MAIL_KINDS or who not in states.MailSender.values:
            raise BadInput(_("Unknown mail or sender: %(what)s") % {"what": f"{kind} {who}"}, field="mail_senders")
    return dict(senders)


@transaction.atomic
def close_day(actor: Actor, *, date: dt.date, note: str = "") -> ClosedDay:
    """Close the shop on a day that would be open (臨時休業)."""
    return _mark_day(actor, date, is_open=False, note=note)


@transaction.atomic
def open_day(actor: Actor, *, date: dt.date, note: str = "") -> ClosedDay:
    """Open the shop on a day that would be closed (臨時営業)."""
    return _mark_day(actor, date, is_open=True, note=note)


@transaction.atomic
def close_days(actor: Actor, *, first: dt.date, last: dt.date, note: str = "") -> int:
    """Close a run of days such as the turn of the year; returns how many."""
    count = (last - first).days + 1
    if not 1 <= count <= LONGEST_CLOSING:
        raise BadInput(_("Close 1 to %(most)s days at once.") % {"most": LONGEST_CLOSING}, field="last")
    for offset in range(count):
        _mark_day(actor, first + dt.timedelta(days=offset), is_open=False, note=note)
    return count


@transaction.atomic
def clear_day(actor: Actor, *, date: dt.date) -> None:
    """Let a day follow the weekly rule again; nothing happens where it already does."""
    row = ClosedDay.objects.filter(date=date).first()
    if row is not None:
        delete_row(actor, "stores.clear_day", row)


def _mark_day(actor: Actor, date: dt.date, *, is_open: bool, note: str) -> ClosedDay:
    row = ClosedDay.objects.select_for_update().filter(date=date).first() or ClosedDay(date=date)
    save_row(actor, "stores.mark_day", row, {"date": date, "is_open": is_open, "note": note})
    return row


@transaction.atomic
def add_tax_rate(actor: Actor, *, code: str, percent: int, effective_from: dt.date) -> TaxRate:
    """A new rate from a day on; the rate before it ends the day before (TAX-1).

    Raises Refused if a rate of this class already begins on that day or later, BadInput for a day that is over: what
    was charged until now stays, and a rate that has begun is not taken back.
    """
    if effective_from < clock.today():
        raise BadInput(_("A new rate begins today or later."), field="effective_from")
    later = TaxRate.objects.filter(code=code, effective_from__gte=effective_from).first()
    if later is not None:
        raise Refused(_("A rate from %(date)s is already there.") % {"date": later.effective_from.isoformat()})
    before = TaxRate.objects.filter(code=code, effective_to__isnull=True).first()
    if before is not None:
        save_row(actor, "stores.end_tax_rate", before, {"effective_to": effective_from - dt.timedelta(days=1)})
    rate = TaxRate()
    save_row(actor, "stores.add_tax_rate", rate, {"code": code, "percent": percent, "effective_from": effective_from})
    return rate


@transaction.atomic
def remove_tax_rate(actor: Actor, *, rate_id: int) -> None:
    """Take back a rate that has not begun; the one before it holds on. Raises NotFound, Refused."""
    rate = TaxRate.objects.filter(pk=rate_id).first()
    if rate is None:
        raise NotFound(_("There is no such rate."))
    if rate.effective_from <= clock.today():
        raise Refused(_("A rate that has begun stays."))
    before = TaxRate.objects.filter(code=rate.code, effective_to=rate.effective_from - dt.timedelta(days=1)).first()
    delete_row(actor, "stores.remove_tax_rate", rate)
    if before is not None:
        save_row(actor, "stores.end_tax_rate", before, {"effective_to": None})


@transaction.atomic
def set_setting(actor: Actor, *, key: str, value: Any, effective_from: dt.date | None = None) -> Setting:
    """Set a declared setting from a day on (default today); a value for the same day is replaced.

    Raises NotFound for an undeclared key, BadInput for a value of the wrong kind or a day in the past.
    """
    declaration = settings.declarations().get(key)
    if declaration is None:
        raise NotFound(_("There is no such setting."))
    since = effective_from or clock.today()
    if since < clock.today():
        raise BadInput(_("A setting changes from today or later on."), field="effective_from")
    row = Setting.objects.select_for_update().filter(key=key, effective_from=since).first()
    wanted = {"key": key, "effective_from": since, "value": checked(declaration, value)}
    row = row or Setting()
    save_row(actor, "stores.set_setting", row, wanted)
    return row


@transaction.atomic
def remove_setting(actor: Actor, *, setting_id: int) -> None:
    """Take back a value that has not begun. Raises NotFound, Refused."""
    row = Setting.objects.filter(pk=setting_id).first()
    if row is None:
        raise NotFound(_("There is no such setting."))
    if row.effective_from <= clock.today():
        raise Refused(_("A value that has begun stays; set a new one."))
    delete_row(actor, "stores.remove_setting", row)
