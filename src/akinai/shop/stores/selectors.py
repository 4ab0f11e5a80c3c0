"""Reading the shop, its stores, its calendar and its rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound

from . import settings, states
from .calendar import BusinessCalendar
from .deadlines import confirmation_deadline
from .models import ClosedDay, Shop, Store, TaxRate
from .revisions import Kept

SHOP_ID = 1


@dataclass(frozen=True)
class StoresSnapshot:
    """The shop and its stores as of one edition, for judging many orders without queries. Read-only."""

    shop: Shop
    stores: Mapping[int, Store]
    calendar: BusinessCalendar
    rates: Sequence[tuple[str, int, dt.date, dt.date | None]]

    def tax_rates(self, on: dt.date) -> dict[str, int]:
        """Percent by tax class on a day (TAX-1, TAX-5)."""
        return {code: percent for code, percent, since, until in self.rates if since <= on <= (until or on)}


def _shop_row() -> Shop:
    return Shop.objects.filter(pk=SHOP_ID).first() or Shop(pk=SHOP_ID)


def _calendar_of(shop: Shop) -> BusinessCalendar:
    days = list(ClosedDay.objects.values_list("date", "is_open"))
    return BusinessCalendar(
        closed_weekdays=frozenset(shop.closed_weekdays),
        closed_on_holidays=shop.closed_on_holidays,
        closed=frozenset(day for day, is_open in days if not is_open),
        opened=frozenset(day for day, is_open in days if is_open),
    )


def _load() -> StoresSnapshot:
    shop = _shop_row()
    rates = TaxRate.objects.order_by("effective_from").values_list("code", "percent", "effective_from", "effective_to")
    return StoresSnapshot(shop, {s.pk: s for s in Store.objects.all()}, _calendar_of(shop), list(rates))


_kept: Kept[StoresSnapshot] = Kept("stores", _load)


def snapshot() -> StoresSnapshot:
    """Everything of this app that orders are judged by; one query while nothing changes."""
    return _kept.get()


def shop() -> Shop:
    """The shop's row, fresh; before set-up a blank one that is not saved."""
    return _shop_row()


def is_set_up() -> bool:
    """True once somebody has named the shop."""
    return Shop.objects.filter(pk=SHOP_ID).exists()


def store(code: str) -> Store:
    """The store with this code; raises NotFound."""
    found = Store.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no store with the code %(code)s.") % {"code": code})
    return found


def store_by_id(store_id: int) -> Store:
    """The store with this key; raises NotFound."""
    found = Store.objects.filter(pk=store_id).first()
    if found is None:
        raise NotFound(_("There is no such store."))
    return found


def active_stores() -> list[Store]:
    """Stores in use, in the order they were added."""
    return list(Store.objects.filter(is_active=True))


def all_stores() -> list[Store]:
    """Every store, those in use first."""
    return list(Store.objects.order_by("-is_active", "id"))


def business_calendar() -> BusinessCalendar:
    """The shop's open days (weekly rule, holidays, listed days, 臨時営業)."""
    return snapshot().calendar


def day_notes(first: dt.date) -> dict[dt.date, str]:
    """Notes on marked days around the month that begins on `first`."""
    span = (first - dt.timedelta(days=7), first + dt.timedelta(days=40))
    return dict(ClosedDay.objects.filter(date__range=span).values_list("date", "note"))


def cutoff(on: dt.date | None = None) -> dt.time:
    """Until when (JST) an order still counts for the day; exactly then is late."""
    return settings.snapshot(on).time("stores.cutoff")


def tax_rates(on: dt.date) -> dict[str, int]:
    """Percent by tax class on a day."""
    return snapshot().tax_rates(on)


def mail_sender(store: Store, kind: str) -> str:
    """Who sends this kind of mail for a store: `us`, `store` or `nobody` (MAIL-13).

    What the store's row says wins. By default malls and carts reply to a new order themselves (M01), Amazon also
    confirms and announces shipping (M03, M07). Malls allow no mails that advertise (M14, M15; MAIL-12). Everything
    else is ours, and M02 always.
    """
    if kind == "M02":
        return states.MailSender.US
    said = store.mail_senders.get(kind)
    if said in states.MailSender.values:
        return str(said)
    if store.kind == states.StoreKind.MALL and kind in {"M14", "M15"}:
        return states.MailSender.NOBODY
    if store.preset == "amazon-jp":
        return states.MailSender.STORE if kind in {"M01", "M03", "M07"} else states.MailSender.US
    outside = store.kind in {states.StoreKind.MALL, states.StoreKind.CART}
    return states.MailSender.STORE if outside and kind == "M01" else states.MailSender.US


def must_ask_who_mails(store: Store) -> bool:
    """True while nobody has said who sends mails for a store whose file does not tell (MAIL-13)."""
    return store.preset in states.PRESETS_THAT_ASK and not store.mail_senders


def confirm_by(received_at: dt.datetime) -> dt.datetime:
    """Until when the confirmation of an order received now must be out, by the shop's settings (ORD-22)."""
    chosen = settings.snapshot(clock.aware(received_at).date())
    return confirmation_deadline(
        received_at,
        business_calendar(),
        by=chosen.time("stores.confirm_by"),
        calendar_days=chosen["stores.confirm_days"] == "calendar",
    )


def missing_legal_fields(shop: Shop) -> list[str]:
    """Names of what the law wants shown and the shop has not filled (LAW-1)."""
    who = {"company": shop.company, "tel": shop.tel, "address1": shop.address1, "mail": shop.mail}
    if shop.is_corporation:
        who["responsible"] = shop.responsible
    said = {key: shop.legal.get(key, "") for key in states.LEGAL_REQUIRED}
    return [name for name, text in {**who, **said}.items() if not str(text).strip()]
