"""What buyers pay for shipping: tables by store and day, cool and island surcharges, the free threshold."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core import clock as core_clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.permissions import Role
from akinai.shop.terms import models, selectors, services
from akinai.shop.terms.charges import ShippingFees, shipping_charge, valid_table
from akinai.shop.terms.zones import ZONES
from tests.builders.accounts import client_for
from tests.builders.stores import make_shop, make_store

DAY = dt.date(2026, 11, 1)
FEES = dict.fromkeys(ZONES, 800) | {"kanto": 660, "okinawa": 1500}
TABLE = ShippingFees(DAY, FEES, cool_surcharge=330, free_from=8_000)


def fee(prefecture: str, goods: int, table: ShippingFees = TABLE, **more: object) -> int | None:
    found = shipping_charge(table, prefecture=prefecture, goods=goods, **more)  # type: ignore[arg-type]
    return found.fee if found else None


def test_shp_10_zone_then_cool_then_island_then_free() -> None:
    assert fee("東京都", 7_999) == 660
    assert fee("東京都", 8_000) == 0
    assert fee("大阪", 5_000, is_cool=True) == 800 + 330
    assert fee("東京都", 5_000, is_island=True, island_surcharge=1_100, is_cool=True) == 660 + 330 + 1_100
    assert fee("どこか県", 5_000) is None
    found = shipping_charge(TABLE, prefecture="東京都", goods=7_000)
    assert found is not None and (found.to_free, found.is_free) == (1_000, False)


def test_shp_11_free_shipping_leaves_out_okinawa_and_islands_unless_told_otherwise() -> None:
    assert fee("沖縄県", 20_000) == 1_500
    assert fee("東京都", 20_000, is_island=True, island_surcharge=1_100) == 1_760
    far = ShippingFees(DAY, FEES, free_from=8_000, free_far=True)
    assert (fee("沖縄県", 20_000, far), fee("東京都", 20_000, far, is_island=True)) == (0, 0)


def test_a_stores_own_table_comes_before_the_common_one_and_the_newest_that_has_begun_holds() -> None:
    later = ShippingFees(dt.date(2026, 12, 1), FEES)
    own = ShippingFees(DAY, FEES, store_id=3)
    assert valid_table([TABLE, later, own], None, dt.date(2026, 11, 30)) is TABLE
    assert valid_table([TABLE, later, own], 2, dt.date(2026, 12, 1)) is later
    assert valid_table([TABLE, later, own], 3, dt.date(2026, 12, 1)) is own
    assert valid_table([later], 3, dt.date(2026, 11, 30)) is None


@pytest.mark.django_db
def test_the_shop_sets_its_fees_from_a_day_on(clock: FrozenClock) -> None:
    """SHP-10 through the page: the snapshot charges by what was saved; a table that has begun stays."""
    make_shop()
    store, owner = make_store(kind="phone"), client_for(Role.OWNER)
    data = {f"fee_{zone}": str(yen) for zone, yen in FEES.items()}
    today = core_clock.today()
    sent = owner.post(
        "/settings/shipping-fees/",
        {**data, "effective_from": today.isoformat(), "free_from": "8000", "cool_surcharge": ""},
    )
    assert sent.status_code == 302
    asked = {"store_id": store.pk, "on": today, "prefecture": "沖縄県", "postcode": "9000001", "goods": 9_000}
    charge = selectors.snapshot().shipping_charge(service="takkyubin", **asked)  # type: ignore[arg-type]
    assert charge is not None and charge.fee == 1_500
    page = owner.get(f"/settings/shipping-fees/?store={store.pk}")
    assert page.status_code == 200 and "全店共通" in page.content.decode()
    refused = owner.post("/settings/shipping-fees/", {**data, "fee_kanto": "", "effective_from": today.isoformat()})
    assert refused.status_code == 422 and 'value="1500"' in refused.content.decode()
    row = models.ShippingFeeTable.objects.get()
    with pytest.raises(Refused):
        services.drop_shipping_fees(SYSTEM, table_id=row.pk)
    with pytest.raises(BadInput):
        services.set_shipping_fees(SYSTEM, table=ShippingFees(today - dt.timedelta(days=1), FEES))
    later = services.set_shipping_fees(SYSTEM, table=ShippingFees(today + dt.timedelta(days=9), FEES, store.pk))
    assert owner.post(f"/settings/shipping-fees/{later.pk}/drop/").status_code == 302
    assert models.ShippingFeeTable.objects.get().fees == FEES
