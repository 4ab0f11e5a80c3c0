"""Settings pages of payment and delivery, as people use them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.shop.terms import models, selectors
from akinai.shop.terms.islands import read
from akinai.shop.terms.zones import ZONES
from tests.builders.accounts import client_for
from tests.builders.stores import make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


@pytest.fixture
def owner() -> Client:
    return client_for(Role.OWNER)


def ids() -> dict[str, int]:
    return {
        "cod": models.PaymentMethod.objects.get(code="cod").pk,
        "takkyubin": models.DeliveryService.objects.get(code="takkyubin").pk,
        "yamato": models.Carrier.objects.get(code="yamato").pk,
    }


@pytest.mark.parametrize(
    "url",
    [
        "/settings/payment-methods/",
        "/settings/payment-methods/add/",
        "/settings/payment-methods/{cod}/",
        "/settings/payment-methods/{cod}/fees/",
        "/settings/delivery/",
        "/settings/delivery/services/add/",
        "/settings/delivery/services/{takkyubin}/",
        "/settings/delivery/carriers/{yamato}/",
        "/settings/lead-days/",
        "/settings/islands/",
        "/settings/islands/?page=99",
        "/settings/islands/islands.csv",
    ],
)
def test_pages_open(owner: Client, url: str) -> None:
    assert owner.get(url.format(**ids())).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/settings/payment-methods/99999/",
        "/settings/delivery/services/99999/",
        "/settings/delivery/carriers/99999/",
        "/settings/payment-methods/99999/fees/",
    ],
)
def test_unknown_rows_are_not_found(owner: Client, url: str) -> None:
    assert owner.get(url).status_code == 404


def test_a_method_is_added(owner: Client) -> None:
    typed = {"code": "linepay", "name": "LINE Pay", "kind": "wallet", "timing": "prepaid", "tolerance": "0"}
    answer = owner.post("/settings/payment-methods/add/", {**typed, "is_active": "on", "aliases": "ラインペイ\r\nLINE"})
    assert answer.status_code == 302
    found = selectors.snapshot().method("らいんぺい")
    assert found is not None
    assert found.code == "linepay"
    again = owner.post("/settings/payment-methods/add/", typed)
    assert again.status_code == 422
    assert 'id="id_code_err"' in again.content.decode()


def test_the_words_of_a_method_come_back_one_a_line(owner: Client) -> None:
    page = owner.get(f"/settings/payment-methods/{ids()['cod']}/").content.decode()
    assert "代引\n代引き\n" in page


def fees(**changes: str) -> dict[str, str]:
    blank = {f"{name}_{n}": "" for name in ("up_to", "fee") for n in range(8)}
    return {**blank, "up_to_0": "50000", "fee_0": "500", "effective_from": "2026-12-01", **changes}


def test_pay_10_fees_are_planned(owner: Client) -> None:
    """PAY-10 a new table from a day on."""
    url = f"/settings/payment-methods/{ids()['cod']}/fees/"
    assert owner.post(url, fees(less_0="on")).status_code == 302
    band = models.PaymentFeeBand.objects.get(effective_from="2026-12-01")
    assert (band.up_to, band.fee, band.inclusive) == (50_000, 500, False)
    assert "500" in owner.get(url).content.decode()


@pytest.mark.parametrize(
    "changes", [{"fee_0": ""}, {"up_to_0": "x"}, {"up_to_1": "1", "fee_1": "1"}, {"effective_from": "2026-01-01"}]
)
def test_pay_10_fees_that_make_no_sense_are_refused(owner: Client, changes: dict[str, str]) -> None:
    """PAY-10 half a band, no number, falling limits, the past."""
    answer = owner.post(f"/settings/payment-methods/{ids()['cod']}/fees/", fees(**changes))
    assert answer.status_code == 422
    assert models.PaymentFeeBand.objects.count() == 4


def test_a_carrier_and_its_windows(owner: Client) -> None:
    url = f"/settings/delivery/carriers/{ids()['yamato']}/"
    typed = {
        "name": "ヤマト運輸",
        "pickup_time": "17:00",
        "pickup_closed_weekdays": ["6"],
        "pickup_closed_days": "2027/1/1",
        "tracking_url": "https://example.jp/{n}",
        "tracking_check": "refuse",
        "address_layout": "b2",
    }
    assert owner.post(url, {**typed, "pickup_closed_days": "元日"}).status_code == 422
    assert owner.post(url, {**typed, "pickup_closed_days": "2027/01/01"}).status_code == 302
    carrier = models.Carrier.objects.get(code="yamato")
    assert (carrier.pickup_closed_weekdays, carrier.pickup_closed_days) == ([6], ["2027-01-01"])
    assert owner.post(f"{url}windows/", {"08-12": "0812", "none": ""}).status_code == 302
    assert dict(selectors.snapshot().windows["yamato"]) == {"": "", "08-12": "0812"}


def test_a_service_is_changed(owner: Client) -> None:
    service = models.DeliveryService.objects.get(code="hikyaku")
    typed = {
        "code": "hikyaku",
        "carrier": str(service.carrier_id),
        "name": "飛脚",
        "handover": "hand",
        "cool": "normal",
        "max_days_ahead": "14",
        "is_default": "on",
        "is_active": "on",
    }
    assert owner.post(f"/settings/delivery/services/{service.pk}/", typed).status_code == 302
    assert models.DeliveryService.objects.get(is_default=True).name == "飛脚"
    refused = owner.post(f"/settings/delivery/services/{service.pk}/", {**typed, "is_active": ""})
    assert refused.status_code == 422


def test_shp_9_lead_days_are_kept(owner: Client) -> None:
    """SHP-9 the page counts from the shop's own zone."""
    make_shop(prefecture="大阪府")
    typed = {f"days_{zone}": "2" for zone in ZONES}
    assert owner.post("/settings/lead-days/save/", typed).status_code == 302
    assert {lead.days for lead in selectors.leads_from("kansai").values()} == {2}
    assert selectors.leads_from("kanto")["kanto"].days == 1
    assert owner.post("/settings/lead-days/save/", {**typed, "days_kanto": "-1"}).status_code == 422


def upload(client: Client, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("islands.csv", data)
    answer = client.post("/settings/islands/load/", {"source": "表", "source_date": "2026-11-01", "file": file})
    return answer.status_code, answer.content.decode()


def test_shp_20_an_island_list_is_loaded_and_given_back(owner: Client) -> None:
    """SHP-20 what is downloaded can be loaded again."""
    assert upload(owner, "郵便番号,地名,追加日数\r\n10021,小笠原,7\r\n".encode("cp932"))[0] == 302
    assert models.Island.objects.get().name == "小笠原"
    again = read(owner.get("/settings/islands/islands.csv").content)
    assert [(row.postcode, row.extra_days) for row in again.rows] == [("10021", 7)]


@pytest.mark.parametrize(
    "data", [b"", "郵便番号\r\n12\r\n".encode(), "地名\r\n島\r\n".encode(), b"\x00\xff\xfe", b"PK\x03\x04"]
)
def test_shp_20_a_list_with_a_fault_changes_nothing(owner: Client, data: bytes) -> None:
    """SHP-20 the page says what and where."""
    status, _page = upload(owner, data)
    assert status == 422
    assert models.Island.objects.count() == 4


@pytest.mark.parametrize("url", ["/settings/payment-methods/", "/settings/delivery/", "/settings/islands/"])
def test_lists_ask_the_same_whatever_their_length(owner: Client, url: str) -> None:
    owner.get(url)
    with CaptureQueriesContext(connection) as before:
        owner.get(url)
    yamato = models.Carrier.objects.get(code="yamato")
    for n in range(3):
        models.PaymentMethod.objects.create(code=f"m{n}", name="方法", kind="wallet", timing="prepaid")
        models.DeliveryService.objects.create(code=f"s{n}", carrier=yamato, name="便")
        models.Island.objects.create(carrier=yamato, postcode=f"90{n}")
    owner.get(url)
    with CaptureQueriesContext(connection) as after:
        owner.get(url)
    assert len(after) == len(before)


def test_who_may_only_look_changes_nothing() -> None:
    viewer = client_for(Role.VIEWER)
    assert viewer.get("/settings/delivery/").status_code == 200
    assert viewer.get("/settings/payment-methods/add/").status_code == 403
    assert viewer.post("/settings/lead-days/save/", {}).status_code == 403
