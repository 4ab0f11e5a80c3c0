"""The pages of imports: dropped, checked, corrected, answered, taken in; whatever is typed, never a fault of ours."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs.services import run_pending
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.models import ColumnMapping, ImportRun, StoreAnswers, ValueMapping
from akinai.frontoffice.channels.states import RunState
from akinai.frontoffice.channels.uploads import Upload, likeness
from tests.builders.accounts import client_for
from tests.builders.channels import check, imported, orders_file, shop_and_store, template_file
from tests.builders.order_files import file_of, nextengine, nextengine_row, rakuten, yahoo, yahoo_items
from tests.builders.orders import make_store

pytestmark = pytest.mark.django_db

OWN = file_of(
    ("受付No", "ご注文日", "お名前", "住所", "電話", "品番", "品名", "単価", "数", "支払", "入金"),
    [
        ["A-1", "2026/11/20", "山田 花子", "東京都港区六本木1-2-3", "03-1234-5678", "T-1", "煎茶", "1296", "2",
         "銀行振込", "確認OK"],
        ["A-1", "2026/11/20", "山田 花子", "東京都港区六本木1-2-3", "03-1234-5678", "T-2", "焙じ茶", "864", "1",
         "銀行振込", "確認OK"],
    ],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now(clock: FrozenClock) -> None:
    """Tuesday 2026-11-24."""


@pytest.fixture
def clerk() -> Client:
    return client_for(Role.ORDER)


def drop(client: Client, *contents: bytes, preset: str = "nextengine", store: str = "mall") -> HttpResponse:
    files = [SimpleUploadedFile(f"file{n}.csv", content) for n, content in enumerate(contents, 1)]
    return client.post("/import/", {"store": store, "preset": preset, "upload": files})  # type: ignore[return-value]


def test_a_template_is_corrected_in_place_and_comes_in(clerk: Client) -> None:
    shop_and_store()
    page = clerk.get(drop(clerk, template_file())["Location"])
    assert "行2・B列「受注日」" in page.content.decode()
    assert "見出し 39 列に対してセルが 40" in page.content.decode()
    assert "明細の合計は 4,800 円" in page.content.decode()
    run = ImportRun.objects.get()
    still = clerk.post(f"/import/{run.pk}/correct/", {"file": "0", "row": "2", "c1": "きのう"})
    assert (still.status_code, still["Location"]) == (302, f"/import/{run.pk}/#row-0-2")
    assert "「きのう」は日付として正しくありません" in clerk.get(f"/import/{run.pk}/").content.decode()
    clerk.post(f"/import/{run.pk}/correct/", {"file": "0", "row": "2", "c1": "2026/11/20 10:00", "c17": "4800"})
    page = clerk.get(f"/import/{run.pk}/")
    assert "1件を取り込む" in page.content.decode()
    clerk.post(f"/import/{run.pk}/take-in/")
    assert clerk.get(f"/import/{run.pk}/").status_code == 200
    run_pending()
    assert Order.objects.get().number in clerk.get(f"/import/{run.pk}/").content.decode()


def test_questions_come_before_the_first_import(clerk: Client) -> None:
    store = shop_and_store(mail_senders={})
    drop(clerk, nextengine(nextengine_row(), nextengine_row(店舗伝票番号="NE-2", 支払方法="お店カード")))
    run = ImportRun.objects.get()
    refused = clerk.post(f"/import/{run.pk}/take-in/")
    assert (refused.status_code, Order.objects.count()) == (422, 0)
    said = {"mails": "we", "vouch-card": "yes", "word-payment_word-0": "bank"}
    assert clerk.post(f"/import/{run.pk}/answer/", said).status_code == 302
    store.refresh_from_db()
    assert store.mail_senders["M01"] == "us"
    assert (StoreAnswers.objects.get().vouched, ValueMapping.objects.get().code) == ({"card": True}, "bank")
    assert clerk.post(f"/import/{run.pk}/take-in/").status_code == 302
    run_pending()
    assert Order.objects.count() == 2


def test_the_store_remembers_its_kind_of_file(clerk: Client) -> None:
    store = shop_and_store()
    assert drop(clerk, nextengine(), preset="").status_code == 422
    run = ImportRun.objects.get(pk=drop(clerk, nextengine())["Location"].split("/")[2])
    StoreAnswers.objects.create(store=store, vouched={"card": False})
    clerk.post(f"/import/{run.pk}/take-in/")
    store.refresh_from_db()
    assert store.preset == "nextengine"
    assert drop(clerk, orders_file(1), preset="").status_code == 302


def test_two_files_of_yahoo_go_together(clerk: Client) -> None:
    shop_and_store()
    run = ImportRun.objects.get(pk=drop(clerk, yahoo_items(), yahoo(), preset="yahoo")["Location"].split("/")[2])
    assert (run.orders, run.refused) == (1, 0)
    drop(clerk, yahoo(), preset="yahoo")
    assert ImportRun.objects.order_by("-pk")[0].state == RunState.REFUSED


def test_my_own_file_is_mapped_once_and_then_known(clerk: Client) -> None:
    shop_and_store()
    run = ImportRun.objects.get(pk=drop(clerk, OWN, preset="own")["Location"].split("/")[2])
    to_columns = clerk.get(f"/import/{run.pk}/")
    assert to_columns["Location"] == f"/import/{run.pk}/columns/"
    page = clerk.get(to_columns["Location"]).content.decode()
    assert "selected>A 受付No" in page
    chosen = {
        "store_number-0": "受付No", "ordered_at-0": "ご注文日", "buyer_name-0": "お名前", "buyer_address1-0": "住所",
        "buyer_phone-0": "電話", "item_code-0": "品番", "item_name-0": "品名", "item_name-1": "品番",
        "unit_price-0": "単価", "quantity-0": "数", "payment_word-0": "支払", "paid-0": "入金", "paid-yes": "確認OK",
        "delivery_word-constant": "ヤマト運輸", "name": "電話注文",
    }  # fmt: skip
    looked = clerk.post(f"/import/{run.pk}/columns/", chosen, headers={"HX-Request": "true"}).content.decode()
    assert "A-1" in looked
    assert "<html" not in looked
    lacking = {key: value for key, value in chosen.items() if key != "quantity-0"} | {"keep": "1"}
    assert clerk.post(f"/import/{run.pk}/columns/", lacking).status_code == 422
    assert clerk.post(f"/import/{run.pk}/columns/", {**chosen, "keep": "1"}).status_code == 302
    clerk.post(f"/import/{run.pk}/answer/", {"mails": "we"})
    clerk.post(f"/import/{run.pk}/take-in/")
    run_pending()
    order = Order.objects.get()
    assert [line.name for line in order.lines.all()] == ["煎茶 T-1", "焙じ茶 T-2"]
    assert (order.received_amount, order.buyer_phone) == (1296 * 2 + 864, "03-1234-5678")

    again = ImportRun.objects.get(pk=drop(clerk, OWN, preset="own")["Location"].split("/")[2])
    assert (again.mapping_name, again.state, again.report["outcomes"]["unchanged"]) == ("電話注文", "checked", 1)
    assert clerk.post(f"/settings/imports/mappings/{ColumnMapping.objects.get().pk}/delete/").status_code == 302
    assert not ColumnMapping.objects.exists()


def test_a_file_comes_back_as_it_was(clerk: Client) -> None:
    run = check(shop_and_store(), template_file())
    answer = clerk.get(f"/import/{run.pk}/files/0/")
    assert answer.content == template_file()
    assert "attachment" in answer["Content-Disposition"]
    assert clerk.get(f"/import/{run.pk}/files/9/").status_code == 404


def test_what_came_in_wrong_can_be_put_aside(clerk: Client) -> None:
    run = imported(shop_and_store(), nextengine(nextengine_row(受注数量="0")))
    assert "まだ取り込んでいません" in clerk.get(f"/import/{run.pk}/").content.decode()
    clerk.post(f"/import/{run.pk}/dismiss/")
    run.refresh_from_db()
    assert run.dismissed_at is not None


def test_what_stores_said_can_be_changed(clerk: Client) -> None:
    store = shop_and_store()
    ValueMapping.objects.create(store=store, field="payment_word", raw="お店カード", code="card")
    StoreAnswers.objects.create(store=store, vouched={"card": True})
    assert "クレジットカード" in clerk.get("/settings/imports/").content.decode()
    clerk.post(f"/settings/imports/{store.pk}/vouch/", {"method": "card", "answer": "no"})
    clerk.post(f"/settings/imports/{store.pk}/forget-word/", {"field": "payment_word", "raw": "お店カード"})
    assert StoreAnswers.objects.get().vouched == {"card": False}
    assert not ValueMapping.objects.exists()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("correct/", {"file": "x", "row": "99999999999", "c1": "x"}),
        ("correct/", {"row": "2", "remove": "700"}),
        ("correct/", {}),
        ("answer/", {"mails": "nobody", "vouch-card": "perhaps", "word-payment_word-0": "x"}),
        ("columns/", {"store_number-0": "nothing", "keep": "1"}),
        ("carry-on/", {}),
    ],
)
def test_nonsense_is_answered_with_a_sentence(clerk: Client, path: str, data: dict[str, str]) -> None:
    run = check(shop_and_store(mail_senders={}), nextengine(nextengine_row(支払方法="お店カード")))
    assert clerk.post(f"/import/{run.pk}/{path}", data).status_code in (302, 404, 409, 422)


@pytest.mark.parametrize("contents", [(), (b"",), (b"\xff\xfe\x00",), (b"a,b\n1", b"c", b"d", b"e", b"f")])
def test_any_file_is_answered(clerk: Client, contents: tuple[bytes, ...]) -> None:
    shop_and_store()
    answer = drop(clerk, *contents)
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert clerk.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", ["/import/", "/import/{}/", "/settings/imports/"])
def test_pages_ask_as_often_for_one_as_for_three(path: str, language: str) -> None:
    clerk = client_for(Role.ORDER)
    clerk.cookies["django_language"] = language
    store = shop_and_store()
    counts = []
    for number in (1, 3):
        run = imported(store, orders_file(number, first=number * 10))
        clerk.get(path.format(run.pk))
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(path.format(run.pk)).status_code == 200
        counts.append(len(queries))
        if number == 1:
            imported(store, orders_file(2, first=50))
    assert counts[0] == counts[1]


def test_the_orders_list_leads_to_the_import(clerk: Client) -> None:
    assert 'href="/import/"' in clerk.get("/orders/").content.decode()
    assert "/import/" not in client_for(Role.WAREHOUSE).get("/orders/").content.decode()


def test_enter_in_a_cell_corrects_the_row_and_deletes_nothing(clerk: Client) -> None:
    """A browser presses the first button of a form on Enter; that must not be a bin."""
    run = check(shop_and_store(), nextengine(nextengine_row(受注日="x")))
    form = clerk.get(f"/import/{run.pk}/").content.decode().split('class="ci-row"')[1].split("</form>")[0]
    assert form.index('name="save"') < form.index('name="remove"')


def test_the_file_says_whose_it_is(clerk: Client) -> None:
    """With several stores the headings decide; where two stores have files of that kind, a person does."""
    shop_and_store(preset="nextengine")
    mall = make_store("raku", name="楽天", preset="rakuten")
    for contents, code in ((rakuten(), "raku"), (nextengine(), "mall")):
        answer = clerk.post("/import/", {"upload": SimpleUploadedFile("a.csv", contents)})
        assert answer.status_code == 302, answer.content.decode()
        assert ImportRun.objects.latest("pk").store.code == code
    make_store("raku2", name="楽天 2", preset=mall.preset)
    for contents in (rakuten(), "日付,名\r\n1,2\r\n".encode()):
        refused = clerk.post("/import/", {"upload": SimpleUploadedFile("a.csv", contents)})
        assert refused.status_code == 422
        assert "店舗を選んでください" in str(refused.context["form"].errors)


def test_a_long_file_is_known_wherever_its_beginning_ends() -> None:
    """Half a character at the end made its encoding a guess, and its headings strange."""
    rows = ["あ" * 40_000, "1" + "あ" * 40_000]
    files = [Upload("a.csv", rakuten() + row.encode("cp932")) for row in rows]
    assert min(likeness(PRESETS["rakuten"], file) for file in files) > 0.9
