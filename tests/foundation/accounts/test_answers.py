"""Errors become sentences with the right status, in the form the caller reads; never a 500."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from akinai.foundation.core.permissions import Role
from tests.builders.accounts import api_client, client_for, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.accounts.extra_urls")]


@pytest.mark.parametrize(
    ("kind", "status", "sentences"),
    [
        ("refused", 409, ["実行しませんでした", "入金がまだです", "在庫がありません"]),
        ("conflict", 409, ["鈴木さんが先に更新しました", "11/27 → 11/28"]),
        ("bad", 422, ["日付ではありません"]),
        ("gone", 404, ["その受注はありません"]),
    ],
)
def test_our_errors_are_pages_fragments_and_json(kind: str, status: int, sentences: list[str]) -> None:
    client = client_for("order")
    page = client.get(f"/failing/{kind}/")
    fragment = client.get(f"/failing/{kind}/", headers={"HX-Request": "true"})
    data = client.get(f"/failing/{kind}/", headers={"Accept": "application/json"})
    assert [a.status_code for a in (page, fragment, data)] == [status] * 3
    for answer in (page.content.decode(), fragment.content.decode(), data.json()["error"]["message"]):
        assert all(sentence in answer for sentence in sentences)
    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()


def test_htmx_is_told_what_to_say() -> None:
    answer = client_for("order").get("/failing/gone/", headers={"HX-Request": "true"})
    assert unquote(answer.headers["HX-Akinai-Said"]) == "見つかりません その受注はありません"


@pytest.mark.parametrize(
    ("came_from", "shown"), [("http://testserver/orders/?q=1", True), ("https://evil.example/", False)]
)
def test_a_refusal_leads_back_to_where_one_came_from(came_from: str, shown: bool) -> None:
    page = client_for("order").get("/failing/refused/", headers={"Referer": came_from}).content.decode()
    assert (f'href="{came_from}"' in page) is shown


def test_bad_input_names_its_field_in_json() -> None:
    answer = client_for("order").get("/failing/bad/", headers={"Accept": "application/json"})
    assert answer.json()["error"]["field"] == "date"


def test_refusals_list_their_reasons_in_json() -> None:
    error = client_for("order").get("/failing/refused/", headers={"Accept": "application/json"}).json()["error"]
    assert (error["code"], error["reasons"]) == ("refused", ["入金がまだです", "在庫がありません"])


def test_no_permission_says_who_can() -> None:
    make_staff("owner", display_name="佐藤 美咲")
    make_staff("owner", display_name="辞めた人", is_active=False)
    page = client_for(make_staff("viewer", display_name="見習い")).get("/settings/staff/")
    assert page.status_code == 403
    text = page.content.decode()
    assert "スタッフの登録・変更・停止" in text
    assert "できる人:佐藤 美咲" in text
    assert "辞めた人" not in text


def test_a_route_that_says_nothing_is_refused() -> None:
    assert client_for("owner").get("/says-nothing/").status_code == 403


def test_a_route_that_says_nothing_is_loud_while_developing(settings: Any) -> None:
    settings.AKINAI_STRICT_ROUTES = True
    with pytest.raises(ImproperlyConfigured, match="says_nothing declares no permission"):
        client_for("owner").get("/says-nothing/")


def test_nobody_goes_to_the_log_in_page_and_comes_back() -> None:
    answer = Client().get("/settings/staff/?a=1")
    assert answer.headers["Location"] == "/login/?next=/settings/staff/%3Fa%3D1"


def test_nobody_with_htmx_is_sent_by_header() -> None:
    answer = Client().get("/me/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login/")


def test_nobody_on_the_api_gets_401() -> None:
    answer = Client().get("/api/v1/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("client", [Client(), None], ids=["nobody", "somebody"])
def test_not_found_is_a_page(client: Client | None) -> None:
    answer = (client or client_for("viewer")).get("/no-such-page/")
    assert answer.status_code == 404
    assert "見つかりません" in answer.content.decode()


def test_the_address_of_a_button_is_a_page_when_opened_by_itself() -> None:
    person = client_for(Role.OWNER)
    answer = person.get("/preferences/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "ボタン" in answer.content.decode()
    assert person.delete("/preferences/").content == b""


def test_not_found_on_the_api_is_json() -> None:
    assert Client().get("/api/v1/no-such-thing").json()["error"]["code"] == "not_found"


def test_too_much_is_413(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    raw = Client().post("/echo/", b"a=" + b"x" * (1024 * 1024), content_type="application/x-www-form-urlencoded")
    assert raw.status_code == 413
    assert "1 MB" in raw.content.decode()


def test_too_many_fields_is_400(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    assert Client().post("/echo/", {f"f{n}": "1" for n in range(11)}).status_code == 400


@pytest.mark.parametrize("path", ["/search/?q=a%00b", "/me/%00"])
def test_nul_is_400(path: str) -> None:
    assert client_for("viewer").get(path).status_code == 400


def test_broken_is_a_page_that_asks_nothing_of_the_database() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "途中までの変更は残っていません" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"name": NaN}',
        b'{"name": "a\\u0000b"}',
        b'{"name": "\\ud800"}',
        b"[" * 9999,
    ],
)
def test_rel_10_the_api_answers_any_body(body: bytes) -> None:
    answer = api_client("tests.write").post("/api/t/things", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert json.loads(answer.content)["error"]["code"]


def test_validation_names_the_fields() -> None:
    answer = api_client("tests.write").post("/api/t/things", {"name": 3}, content_type="application/json")
    assert answer.json()["error"]["fields"][0]["field"] == "body.payload.name"


def test_the_api_speaks_our_errors() -> None:
    body = {"name": "a", "fail": "refused"}
    answer = api_client("tests.write").post("/api/t/things", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["reasons"]) == (409, ["入金がまだです", "在庫がありません"])


@pytest.mark.parametrize("number", ["99999999999999999999999999", "x", "-1"])
def test_odd_numbers_in_the_path_are_no_500(number: str) -> None:
    assert api_client().get(f"/api/t/things/{number}").status_code in (200, 404, 422)
