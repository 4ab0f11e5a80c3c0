"""与信の期限: PAY-5 and ORD-63."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Payment, Queue
from akinai.backoffice.payments import expiring, services
from akinai.backoffice.payments.authorisations import expiry, is_over, is_tight, renew_on
from akinai.backoffice.payments.models import Authorisation
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs.services import run_pending
from akinai.shop.messaging.models import Message
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place

BOOKS = Actor("staff:9", "経理")


def test_pay_5_sixty_days_from_the_first_of_november_and_the_warning() -> None:
    """Authorised 2026-11-01, 60 days: ends 12-31; planned 12-29 warns, 12-28 does not (PAY-5)."""
    ends = expiry(dt.date(2026, 11, 1), 60)
    assert ends == dt.date(2026, 12, 31)
    assert is_tight(ends, dt.date(2026, 12, 29))
    assert not is_tight(ends, dt.date(2026, 12, 28))
    assert not is_tight(None, dt.date(2030, 1, 1))
    assert not is_over(ends, dt.date(2026, 12, 31))
    assert is_over(ends, dt.date(2027, 1, 1))
    assert expiry(dt.date(2026, 11, 1), None) is None


def test_ord_63_a_new_authorisation_is_asked_for_three_days_before_shipping() -> None:
    assert renew_on(dt.date(2026, 12, 29)) == dt.date(2026, 12, 26)


@pytest.fixture
def shop(db: None, clock: FrozenClock) -> None:
    make_shop()


def preorder(clock: FrozenClock, release: dt.date) -> Order:
    make_sku("NEW-1", supply="preorder", release_on=release)
    return place(store=make_store(auto_accept=True), lines=[line("NEW-1", 1, 5000)], guaranteed=5000)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=JST)


def test_ord_63_an_authorisation_runs_out_before_the_release(shop: None, clock: FrozenClock) -> None:
    """Q12: AUTH_EXPIRED, guarantee failed, 確認待ち, and the request for another payment (M17) is drafted."""
    order = preorder(clock, dt.date(2027, 2, 1))
    row = Authorisation.objects.get()
    assert (row.amount, row.authorised_on, row.expires_on) == (5000, dt.date(2026, 11, 24), dt.date(2027, 1, 23))
    assert order.queue == Queue.AWAITING_STOCK
    tight = expiring.tight_authorisations()
    assert [(found.order, found.ship_on) for found in tight] == [(order, dt.date(2027, 2, 1))]
    assert tight[0].renew_on == dt.date(2027, 1, 29)
    clock.move_to(at(dt.date(2027, 1, 23)))
    assert services.end_authorisations(SYSTEM) == 0
    clock.move_to(at(dt.date(2027, 1, 24)))
    assert services.end_authorisations(SYSTEM) == 1
    assert services.end_authorisations(SYSTEM) == 0
    order.refresh_from_db()
    assert (order.payment, order.queue, order.guaranteed_amount) == (Payment.GUARANTEE_FAILED, Queue.CHECK, 0)
    assert [c.code for c in order.checks.filter(closed_at__isnull=True)] == ["AUTH_EXPIRED"]
    run_pending()
    assert Message.objects.filter(kind="M17", subject_key=order.subject).count() == 1
    clock.move_to(at(dt.date(2027, 1, 25)))
    page = client_for(Role.ORDER).get(reverse("orders:order", args=[order.pk])).content.decode()
    assert page.count(reverse("orders:clear_check", args=[order.pk])) == 1, "no key waves it through"
    panel = client_for(Role.ORDER).get(reverse("notifications:order_mails", args=[order.pk])).content.decode()
    assert "お電話で" not in panel, "a draft with blanks has not been lost on its way"
    services.authorise(BOOKS, order_id=order.pk, money=Money(5000, dt.date(2027, 1, 24), reference="A-77"))
    order.refresh_from_db()
    assert (order.payment, order.guaranteed_amount) == (Payment.GUARANTEED, 5000)
    assert not order.checks.filter(closed_at__isnull=True).exists()
    assert expiring.tight_authorisations() == []


def test_ord_63_a_new_authorisation_replaces_the_old_one(shop: None, clock: FrozenClock) -> None:
    order = preorder(clock, dt.date(2026, 12, 10))
    until = dt.date(2026, 12, 1)
    services.authorise(BOOKS, order_id=order.pk, money=Money(6000, clock.now().date(), key="form:1"), expires_on=until)
    services.authorise(BOOKS, order_id=order.pk, money=Money(6000, clock.now().date(), key="form:1"), expires_on=until)
    order.refresh_from_db()
    assert order.guaranteed_amount == 6000
    assert list(Authorisation.objects.values_list("state", "amount")) == [("replaced", 5000), ("live", 6000)]
    with pytest.raises(BadInput):
        services.authorise(
            BOOKS, order_id=order.pk, money=Money(1, clock.now().date()), expires_on=dt.date(2026, 11, 1)
        )
    stock_up(make_sku(), 5)
    bank = place("B-1", method="bank")
    with pytest.raises(Refused):
        services.authorise(BOOKS, order_id=bank.pk, money=Money(1, clock.now().date()))


def test_ord_63_what_has_left_is_left_alone(shop: None, clock: FrozenClock) -> None:
    stock_up(make_sku(), 5)
    order = place(store=make_store(auto_accept=True), guaranteed=2200)
    orders.approve_cancel(SYSTEM, order_id=order.pk)
    clock.advance(dt.timedelta(days=90))
    assert services.end_authorisations(SYSTEM) == 0
