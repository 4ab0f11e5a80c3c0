"""Changing methods, services, carriers, lead days and islands."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.terms import models, selectors, services
from akinai.shop.terms.fees import FeeBand
from akinai.shop.terms.islands import IslandRow

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


def test_a_method_is_added_and_its_code_stays(actor: Actor) -> None:
    method = services.save_method(
        actor, changes={"code": "linepay", "name": "LINE Pay", "kind": "wallet", "timing": "prepaid"}
    )
    with pytest.raises(Refused):
        services.save_method(actor, method_id=method.pk, changes={"code": "line"})
    with pytest.raises(BadInput):
        services.save_method(actor, changes={"code": "x", "name": "x", "kind": "shells", "timing": "prepaid"})
    with pytest.raises(NotFound):
        services.save_method(actor, method_id=10**9, changes={"name": "x"})


def test_there_is_one_default_service(actor: Actor) -> None:
    hikyaku = models.DeliveryService.objects.get(code="hikyaku")
    services.save_service(actor, service_id=hikyaku.pk, changes={"is_default": True})
    assert list(models.DeliveryService.objects.filter(is_default=True)) == [hikyaku]
    with pytest.raises(BadInput):
        services.save_service(actor, service_id=hikyaku.pk, changes={"is_default": True, "is_active": False})


def test_pay_10_a_new_table_holds_from_its_day(actor: Actor) -> None:
    """PAY-10 tables change whole; the old one stays for older days."""
    cod = models.PaymentMethod.objects.get(code="cod")
    april = dt.date(2027, 4, 1)
    services.set_fee_bands(actor, method_id=cod.pk, bands=[FeeBand(50_000, 500)], effective_from=april)
    snapshot = selectors.snapshot()
    assert len(snapshot.bands("cod", TODAY)) == 4
    assert [band.fee for band in snapshot.bands("cod", april)] == [500]


@pytest.mark.parametrize(
    ("bands", "since"),
    [
        ([], TODAY),
        ([FeeBand(2, 1), FeeBand(1, 1)], TODAY),
        ([FeeBand(1, 1), FeeBand(1, 2)], TODAY),
        ([FeeBand(1, 1)], dt.date(2026, 11, 23)),
    ],
)
def test_pay_10_a_table_that_makes_no_sense_is_refused(actor: Actor, bands: list[FeeBand], since: dt.date) -> None:
    """PAY-10 empty, falling, doubled, or in the past."""
    cod = models.PaymentMethod.objects.get(code="cod")
    with pytest.raises(BadInput):
        services.set_fee_bands(actor, method_id=cod.pk, bands=bands, effective_from=since)
    assert len(selectors.snapshot().bands("cod", TODAY)) == 4


def test_a_carrier_keeps_a_pickup_and_a_sound_tracking_page(actor: Actor) -> None:
    yamato = models.Carrier.objects.get(code="yamato")
    services.save_carrier(actor, carrier_id=yamato.pk, changes={"pickup_closed_weekdays": [6]})
    pickup = selectors.snapshot().carriers["yamato"].pickup_calendar
    assert not pickup.is_open(dt.date(2026, 11, 22))
    for changes in (
        {"tracking_url": "https://example.jp/"},
        {"tracking_url": "javascript:alert({n})"},
        {"pickup_closed_weekdays": list(range(7))},
    ):
        with pytest.raises(BadInput):
            services.save_carrier(actor, carrier_id=yamato.pk, changes=changes)


def test_shp_30_windows_are_rows_a_shop_changes(actor: Actor) -> None:
    """SHP-30 what a carrier has is data."""
    yamato = models.Carrier.objects.get(code="yamato")
    services.set_windows(actor, carrier_id=yamato.pk, codes={"": "", "12-14": "1214"})
    assert dict(selectors.snapshot().windows["yamato"]) == {"": "", "12-14": "1214"}
    with pytest.raises(BadInput):
        services.set_windows(actor, carrier_id=yamato.pk, codes={"11-13": "1113"})


def test_shp_9_days_that_a_person_set_are_no_estimates(actor: Actor) -> None:
    """SHP-9 also where the number stays."""
    changed = services.set_lead_days(actor, origin_zone="kanto", days={"kansai": (1, False), "okinawa": (4, True)})
    assert changed == 2
    leads = selectors.leads_from("kanto")
    assert (leads["kansai"].days, leads["kansai"].is_estimate) == (1, False)
    assert (leads["okinawa"].days, leads["okinawa"].afternoon) == (4, True)
    assert leads["kyushu"].is_estimate
    with pytest.raises(BadInput):
        services.set_lead_days(actor, origin_zone="kanto", days={"moon": (1, False)})
    with pytest.raises(BadInput):
        services.set_lead_days(actor, origin_zone="kanto", days={"kansai": (31, False)})


def test_shp_20_a_list_replaces_the_one_before(actor: Actor) -> None:
    """SHP-20 of the same carrier only; the log says how many."""
    yamato = models.Carrier.objects.get(code="yamato")
    said = {"source": "ヤマト運輸 2026-11", "source_date": TODAY}
    assert selectors.only_example_islands()
    services.replace_islands(actor, carrier_id=yamato.pk, rows=[IslandRow("10021", extra_days=5)], **said)
    services.replace_islands(actor, carrier_id=yamato.pk, rows=[IslandRow("10022", extra_days=5)], **said)
    assert list(models.Island.objects.filter(carrier=yamato).values_list("postcode", flat=True)) == ["10022"]
    assert models.Island.objects.filter(carrier=None).count() == 4
    assert not selectors.only_example_islands()
    with pytest.raises(BadInput):
        services.replace_islands(actor, carrier_id=None, rows=[], **said)
    entry = AuditEntry.objects.filter(action="terms.replace_islands").latest("pk")
    assert (entry.detail["rows"], entry.detail["removed"]) == (1, 1)
