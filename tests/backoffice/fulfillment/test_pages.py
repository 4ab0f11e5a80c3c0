"""The pages of shipping as a browser without scripts uses them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.check import violations
from akinai.backoffice.fulfillment.models import Batch, CarrierFile, Shipment
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue, Stage
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.jobs.services import run_pending
from akinai.shop.catalog.models import Sku
from tests.builders.accounts import api_client, client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop
from tests.builders.shipments import NUMBERS, packed, printed, ready_order, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock, settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    make_shop(postcode="604-0001", address1="京都市中京区道場町1-2", tel="075-123-4567")
    yield
    assert list(violations()) == []


@pytest.fixture
def client() -> Client:
    return client_for("warehouse")


def get(client: Client, name: str, *args: object, **query: str) -> Any:
    return client.get(reverse(f"fulfillment:{name}", args=args), query)


def post(client: Client, name: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"fulfillment:{name}", args=args), data)


def number_of_queries(client: Client, name: str) -> int:
    get(client, name)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert get(client, name).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["waiting", "batch_list", "dispatch", "close", "shipment_list", "inspect"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_open_when_there_is_nothing(name: str, language: str) -> None:
    client = client_for(make_staff("owner", language=language))
    assert get(client, name).status_code == 200


@pytest.mark.parametrize(
    ("name", "make"),
    [("waiting", ready_order), ("dispatch", packed), ("shipment_list", printed), ("batch_list", printed)],
)
def test_lists_ask_as_much_for_three_rows_as_for_one(client: Client, name: str, make: Any) -> None:
    def one(number: str) -> None:
        order = ready_order(number)
        if make is not ready_order:
            make(order)

    one("A-1")
    few = number_of_queries(client, name)
    one("A-2")
    one("A-3")
    assert number_of_queries(client, name) == few


def test_the_whole_way_by_hand(client: Client) -> None:
    order = ready_order(lines=[line(quantity=2)])
    page = get(client, "waiting")
    assert order.number in page.content.decode()
    answer = post(client, "instruct", id=[order.pk])
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("fulfillment:batch", args=[batch.pk])
    run_pending()
    assert sorted(batch.papers.values_list("kind", flat=True)) == ["note", "single", "total"]
    for kind in ("note", "single", "total"):
        paper = get(client, "batch_paper", batch.pk, kind)
        assert paper.content.startswith(b"%PDF")
    shipment = batch.shipments.get()
    opened = post(client, "inspect", code=shipment.number.lower())
    assert opened.headers["Location"] == reverse("fulfillment:inspect_box", args=[shipment.pk])
    stumbled = client.post(reverse("fulfillment:inspect"), {"code": "\x00" + shipment.number})
    assert stumbled.status_code == 302, "a scanner that stumbles"
    assert post(client, "inspect_box", shipment.pk, code="4901234567894").status_code == 200
    assert "全部そろいました" not in get(client, "inspect_box", shipment.pk).content.decode()
    assert "全部そろいました" in post(client, "inspect_box", shipment.pk, code="YN-AI-01").content.decode()
    assert post(client, "tracking", shipment.pk, numbers=NUMBERS[0]).status_code == 302
    assert post(client, "dispatch_now", ready="1").status_code == 302
    assert Order.objects.get().queue == Queue.SHIPPED


def test_all_of_a_list_goes_into_one_batch(client: Client) -> None:
    for number in ("A-1", "A-2", "A-3"):
        ready_order(number)
    post(client, "instruct", all="1", query="")
    assert Batch.objects.get().shipments.count() == 3


def test_many_orders_are_printed_by_a_job(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("akinai.backoffice.fulfillment.views.waiting.AT_ONCE", 1)
    blocked = ready_order("A-1")
    ready_order("A-2")
    answer = post(client, "instruct", all="1", query="")
    orders.hold(SYSTEM, order_id=blocked.pk, kind="manual")
    run_pending()
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("fulfillment:batch", args=[batch.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert batch.shipments.count() == 1
    assert blocked.number in page


def test_what_cannot_be_printed_says_why(client: Client) -> None:
    order = ready_order()
    orders.hold(SYSTEM, order_id=order.pk, kind="manual")
    answer = post(client, "instruct", id=[order.pk])
    assert answer.status_code == 409
    assert order.number in answer.content.decode()
    assert post(client, "instruct", id=["x", "-1", "9" * 30]).status_code == 302


def test_a_wrong_item_shows_both_and_what_differs(client: Client) -> None:
    make_other = make_sku("YN-HA-01", jan="4901234567818")
    stock_up(make_other, 1)
    stock_up(make_sku(jan="4901234567894", shelf="A-03-2"), 5)
    shipment = printed(ready_order())
    answer = post(client, "inspect_box", shipment.pk, code="4901234567818")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ちがう商品です" in text
    assert "A-03-2" in text
    assert "49012345678<b>18</b>" in text
    assert "49012345678<b>94</b>" in text


def test_the_script_gets_the_box_alone_and_is_told_where_to_go(client: Client) -> None:
    first, second = printed(ready_order("A-1")), printed(ready_order("A-2"))
    url = reverse("fulfillment:inspect_box", args=[first.pk])
    part = client.post(url, {"code": "YN-AI-01"}, headers={"x-inspection": "1"})
    assert "<html" not in part.content.decode()
    assert 'data-sound="done"' in part.content.decode()
    wide = second.number.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)})  # a scanner while kana input is on
    assert wide != second.number
    assert client.post(url, {"code": wide}, headers={"x-inspection": "1"}).headers["X-Go"].endswith(f"/{second.pk}/")
    on = client.post(url, {"code": second.number}, headers={"x-inspection": "1"})
    assert on.headers["X-Go"] == reverse("fulfillment:inspect_box", args=[second.pk])


def test_a_begun_box_is_not_left_by_scanning_another_slip(client: Client) -> None:
    first, second = printed(ready_order("A-1", lines=[line(quantity=2)])), printed(ready_order("A-2"))
    post(client, "inspect_box", first.pk, code="YN-AI-01")
    answer = post(client, "inspect_box", first.pk, code=second.number)
    assert answer.status_code == 422
    assert "まだ終わっていません" in answer.content.decode()


def test_another_packer_must_take_the_box_over(client: Client) -> None:
    shipment = printed(ready_order(lines=[line(quantity=3)]))
    services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01")
    refused = post(client, "inspect_box", shipment.pk, code="YN-AI-01")
    assert "ほかの人が検品中です" in refused.content.decode()
    assert shipment.lines.get().scanned == 1
    post(client, "inspect_box", shipment.pk, code="YN-AI-01", take_over="1")
    post(client, "inspect_box", shipment.pk, code="YN-AI-01")
    assert shipment.lines.get().scanned == 3


def test_back_count_pass_and_again(client: Client) -> None:
    shipment = printed(ready_order(lines=[line(quantity=5)]))
    row = shipment.lines.get()
    assert post(client, "inspect_undo", shipment.pk).status_code == 422
    post(client, "inspect_box", shipment.pk, code="YN-AI-01")
    post(client, "inspect_undo", shipment.pk)
    assert shipment.lines.get().scanned == 0
    assert post(client, "inspect_count", shipment.pk, line=row.pk, counted="6").status_code == 422
    assert post(client, "inspect_count", shipment.pk, line=row.pk, counted="x").status_code == 422
    assert post(client, "inspect_count", shipment.pk, line="99999", counted="1").status_code == 422
    assert post(client, "inspect_count", shipment.pk, line=row.pk, counted="5").status_code == 200
    shipment.refresh_from_db()
    assert shipment.stage == Stage.PACKED
    post(client, "inspect_undo", shipment.pk)
    assert shipment.lines.get().scanned == 0
    assert post(client_for("manager"), "inspect_pass", shipment.pk, reason="").status_code == 422
    assert post(client_for("manager"), "inspect_pass", shipment.pk, reason="急ぎ").status_code == 200
    assert post(client, "inspect_again", shipment.pk, **{"again-reason": "数え直し"}).status_code == 302
    shipment.refresh_from_db()
    assert (shipment.stage, shipment.override_reason) == (Stage.PICKING, "")


def test_a_refused_number_stays_typed(client: Client) -> None:
    shipment = printed(ready_order())
    answer = post(client, "tracking", shipment.pk, numbers="123456789012")
    assert answer.status_code == 422
    assert "123456789012" in answer.content.decode()
    sent(ready_order("A-2"))
    assert post(client, "tracking", shipment.pk, numbers=NUMBERS[0]).status_code == 409


def test_an_empty_number_is_no_number_and_takes_off_what_was_there(client: Client) -> None:
    shipment = packed(ready_order())
    answer = post(client, "tracking", shipment.pk, numbers=" ")
    assert answer.status_code == 422
    assert "送り状番号が空です。" in answer.content.decode()
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    assert post(client, "tracking", shipment.pk, numbers="").status_code == 302
    assert not shipment.tracking.exists()
    assert "送り状番号を外しました。" in get(client, "shipment", shipment.pk).content.decode()
    long = "9" * 4000
    assert long[:41] not in " ".join(
        post(client, "tracking", shipment.pk, numbers=long).context["tracking_form"].errors["numbers"]
    )


def test_dispatch_tells_box_by_box(client: Client) -> None:
    good, bad = packed(ready_order("A-1")), packed(ready_order("A-2"))
    services.set_tracking(SYSTEM, shipment_id=good.pk, numbers=[NUMBERS[0]])
    answer = post(client, "dispatch_now", id=[good.pk, bad.pk])
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.index(bad.number) < text.index(good.number)
    assert "送り状番号がありません。" in text


def test_a_large_dispatch_is_a_job(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("akinai.backoffice.fulfillment.views.dispatching.AT_ONCE", 1)
    good, bad = packed(ready_order("A-1")), packed(ready_order("A-2"))
    services.set_tracking(SYSTEM, shipment_id=good.pk, numbers=[NUMBERS[0]])
    answer = post(client, "dispatch_now", id=[good.pk, bad.pk])
    run_pending()
    page = client.get(answer.headers["Location"]).content.decode()
    assert bad.number in page
    assert Shipment.objects.get(pk=good.pk).stage == Stage.SHIPPED


def test_pulling_back_and_cancelling_ask_why_first() -> None:
    client = client_for("order")
    order = ready_order()
    printed(order)
    asked = post(client, "pull_back", order.pk, version=order.version)
    assert asked.status_code == 200
    assert post(client, "pull_back", order.pk, reason="").status_code == 422
    assert post(client, "pull_back", order.pk, reason="変更", version="1").status_code == 409
    assert post(client, "pull_back", order.pk, reason="変更").status_code == 302
    printed(order)
    assert get(client, "cancel_and_pull_back", order.pk).status_code == 200
    assert post(client, "cancel_and_pull_back", order.pk, reason="customer").status_code == 302
    assert Order.objects.get().queue == Queue.CANCELLED
    assert post(client, "cancel_and_pull_back", order.pk, reason="customer").status_code == 409
    batch = order.shipments.latest("id").batch
    assert batch is not None
    assert "商品を棚へ戻して" in get(client_for("warehouse"), "batch", batch.pk).content.decode()


def test_labels_and_numbers_through_the_pages(client: Client) -> None:
    shipment = printed(ready_order())
    batch = shipment.batch
    assert batch is not None
    assert "請求先顧客コード" in get(client, "batch", batch.pk).content.decode()
    assert post(client, "batch_labels", batch.pk, "yamato_b2").status_code == 302
    manager = client_for("manager")
    form = {"customer_code": "0751234567", "freight_number": "01", "contents": "お茶と器"}
    assert post(manager, "contract", **form, sender_postcode="600-0000").status_code == 422
    assert post(manager, "contract", **form).status_code == 302
    answer = post(client, "batch_labels", batch.pk, "yamato_b2")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = answer.content.decode("cp932").split("\r\n")
    assert len(lines[0].split(",")) == 95
    assert lines[1].split(",")[0] == shipment.number
    assert post(client, "batch_labels", batch.pk, "yamato_b2").status_code == 302  # nothing is written twice
    assert post(client, "batch_labels", batch.pk, "yamato_b2", again="1").status_code == 200
    assert get(client, "carrier_file", CarrierFile.objects.first().pk).content == answer.content  # type: ignore[union-attr]
    assert post(client, "batch_labels", batch.pk, "nobody").status_code == 404


def test_the_panel_of_an_order_shows_its_shipments(client: Client) -> None:
    order = ready_order()
    assert get(client, "panel", order.pk).status_code == 200
    shipment = sent(order)
    text = get(client, "panel", order.pk).content.decode()
    assert shipment.number in text
    assert f"number01={NUMBERS[0]}" in text


def test_papers_of_one_shipment(client: Client) -> None:
    shipment = printed(ready_order())
    assert get(client, "note_pdf", shipment.pk).content.startswith(b"%PDF")
    assert get(client, "picking_pdf", shipment.pk).content.startswith(b"%PDF")
    services.pull_back(SYSTEM, order_id=shipment.order_id, reason="変更")
    assert get(client, "note_pdf", shipment.pk).status_code == 409


def test_search_finds_a_tracking_number(client: Client) -> None:
    shipment = sent(ready_order())
    answer = client.get("/search/", {"q": "1234-5678-9013"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("fulfillment:shipment", args=[shipment.pk])


def test_programs_read_shipments() -> None:
    client = api_client("fulfillment.view")
    shipment = sent(ready_order())
    printed(ready_order("A-2"))
    first = client.get("/api/v1/shipments", {"limit": "1"}).json()
    assert [s["number"] for s in first["items"]] == [shipment.number]
    assert first["items"][0]["tracking_numbers"] == [NUMBERS[0]]
    second = client.get("/api/v1/shipments", {"after": first["next"]}).json()
    assert (len(second["items"]), second["next"]) == (1, None)
    one = client.get(f"/api/v1/shipments/{shipment.number}").json()
    assert one["lines"] == [
        {
            "order_line": 1,
            "sku": Sku.objects.get().code,
            "name": "湯呑 YN-AI-01",
            "quantity": 1,
            "pieces": 1,
            "scanned": 1,
        }
    ]  # fmt: skip
    assert client.get("/api/v1/shipments/nothing").status_code == 404
    assert client.get("/api/v1/shipments", {"shipped_from": "2026-11-24", "stage": "shipped"}).json()["items"]
