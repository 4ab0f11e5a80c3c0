"""What work orders cost: counted in memory, written with a press, told by kind (N-9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders import services
from akinai.foundation.core import clock as time
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import counting, effort
from akinai.overview.desk.counting import Spot
from akinai.overview.desk.models import EffortCount
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK
from tests.builders.orders import TAKA, make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[FrozenClock]:
    counting.tally.take()
    make_shop()
    stock_up(make_sku(), 100)
    yield clock
    counting.tally.take()


def one(number: str, **fields: object) -> int:
    """An order of a buyer of its own, so that nothing looks like a double."""
    buyer = replace(TAKA, name=f"客{number}", mail=f"{number}@example.jp", phone=f"03-1111-{number.zfill(4)}")
    return place(number, buyer=buyer, **fields).pk  # type: ignore[arg-type]


def rows() -> dict[str, tuple[int, int]]:
    return {row.kind: (row.views, row.presses) for row in EffortCount.objects.all()}


def test_n_9_looking_writes_nothing_and_a_press_writes_once(shop: FrozenClock) -> None:
    """N-9 Pages and previews count in memory; the next press writes all of it in one statement, by kind of order."""
    plain, asked = one("1"), one("2", remark="特になし")
    staff = make_staff(Role.ORDER)
    client = client_for(staff)
    for _n in range(2):
        assert client.get(f"/orders/{plain}/").status_code == 200
    client.get(f"/orders/{asked}/preview/", headers={"HX-Request": "true"})
    client.get(f"/contacts/orders/{asked}/", headers={"HX-Request": "true"})  # fetches itself: no screen
    client.post(f"/orders/{plain}/seen/")
    counting.tally.take()
    client.get(f"/orders/{plain}/")
    client.get(f"/orders/{asked}/preview/", headers={"HX-Request": "true"})
    assert rows() == {}
    with CaptureQueriesContext(connection) as seen:
        client.post(f"/orders/{asked}/note/", {"text": "電話した"})
    assert sum("desk_effortcount" in query["sql"] for query in seen) == 1
    assert rows() == {"plain": (1, 0), "REMARK": (1, 1)}
    client.post("/orders/accept/", {"id": [str(plain)]})
    client.post(f"/orders/{asked}/note/", {"text": "もう一度"})
    assert rows() == {"plain": (1, 0), "REMARK": (1, 2), "many": (0, 1)}
    assert {row.staff for row in EffortCount.objects.all()} == {staff.key}


def test_n_9_the_page_tells_what_each_kind_costs_and_what_a_rule_would_save(shop: FrozenClock) -> None:
    """N-9 Median from the first look to acceptance, clicks a piece, and the remark that was read for nothing."""
    for number in range(1, 7):
        pk = one(str(number), remark="特になし")
        services.mark_seen(CLERK, order_id=pk)
        shop.advance(dt.timedelta(minutes=2))
        services.confirm(CLERK, order_id=pk, codes=["REMARK"])
        counting.tally.add(Spot(time.today(), CLERK.key, pk), presses=1)
    one("7", store=make_store("auto", auto_accept=True))
    counting.flush()
    found = effort.load(30)
    by_key = {kind.key: kind for kind in found.kinds}
    remark = by_key["REMARK"]
    assert (remark.orders, remark.presses, remark.each["presses"], remark.wait) == (6, 6, 1.0, dt.timedelta(minutes=2))
    assert by_key["plain"].orders == 1 and by_key["plain"].wait is None
    assert [p.saves for p in found.proposals] == [6, 6]
    assert any("特になし" in p.sentence and "6件" in p.sentence for p in found.proposals)
    assert {p.url for p in found.proposals} == {
        "/settings/numbers/orders.harmless_remarks_pass/", "/settings/rules/new/",
    }  # fmt: skip
    client = client_for(Role.MANAGER)
    page = client.get("/effort/?days=7").content.decode()
    assert "特になし" in page and "2分" in page
    assert client.get("/effort/?days=x").status_code == 200
    assert client_for(Role.ORDER).get("/effort/").status_code == 403


def test_counts_of_many_spots_are_added_up() -> None:
    """Two members of staff, two days, one row each; written twice they add up."""
    pk = one("1")
    for staff in ("staff:1", "staff:1", "staff:2"):
        counting.tally.add(Spot(dt.date(2026, 11, 24), staff, pk), views=1)
    counting.tally.add(Spot(dt.date(2026, 11, 23), "staff:1", 0), presses=1)
    assert counting.flush() == 3
    counting.tally.add(Spot(dt.date(2026, 11, 24), "staff:1", pk), views=1)
    counting.flush()
    kept = {(r.day.day, r.staff, r.kind): (r.views, r.presses) for r in EffortCount.objects.all()}
    assert kept == {
        (24, "staff:1", "plain"): (3, 0), (24, "staff:2", "plain"): (1, 0), (23, "staff:1", "many"): (0, 1),
    }  # fmt: skip
    assert counting.flush() == 0


def test_n_9_pages_tell_sums_of_keys_and_words_and_nothing_else(shop: FrozenClock) -> None:
    """N-9 As the browser test counts: by kind of order, written with the next press; nonsense counts as nothing."""
    pk = one("1", remark="特になし")
    client = client_for(Role.ORDER)
    told = {
        "path": [f"/orders/{pk}/", "/orders/", "/mail/", f"/orders/{pk}/edit/", "/nowhere/", f"/orders/{pk}/"],
        "keys": ["12", "3", "9", "x", "5", "999999"],
        "words": ["640", "900", "9", "100", "5", "-1"],
    }
    assert client.post("/effort/note/", told).status_code == 204
    assert rows() == {}
    client.post(f"/orders/{pk}/note/", {"text": "電話した"})
    kept = {row.kind: (row.presses, row.keystrokes, row.words) for row in EffortCount.objects.all()}
    assert kept == {"REMARK": (1, 12, 740), "many": (0, 3, 0)}
    (kind,) = [kind for kind in effort.load(7).kinds if kind.key == "REMARK"]
    assert kind.each["keystrokes"] == 12.0 and kind.each["words"] == 740.0
    page = client_for(Role.MANAGER).get("/effort/").content.decode()
    assert "打鍵" in page and "740" in page
    assert client.post("/effort/note/", {"path": ["/orders/"] * 3, "keys": ["1"]}).status_code == 204
