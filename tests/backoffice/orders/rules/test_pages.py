"""設定 › ルール in the browser: writing without scripts, trying, switching; tags and the log on the order page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from akinai.backoffice.orders.models import OrderTag, Rule
from akinai.backoffice.orders.rules.editor import Editor
from akinai.backoffice.orders.rules.recipes import RECIPES
from akinai.backoffice.orders.rules.sentences import rule_sentence
from akinai.backoffice.orders.rules.spec import Action, Condition, Group, Spec, unpack
from akinai.backoffice.orders.rules.states import RuleState
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs.services import run_pending
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place
from tests.builders.rules import act, condition, make_rule

pytestmark = pytest.mark.django_db

FORM = {
    "name": "高額", "edition": "1", "any": "0", "g0-any": "0", "g0-c0-field": "total", "g0-c0-op": "at_least",
    "g0-c0-value": "30,000", "a0-kind": "check", "a0-p-say": "在庫と入金を確認",
}  # fmt: skip


@pytest.fixture
def boss(clock: Any) -> Client:
    make_shop()
    stock_up(make_sku(), 100)
    return client_for(Role.MANAGER)


def sent(**changes: Any) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in {**FORM, **changes}.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


def test_a_rule_is_written_tried_watched_and_switched_on(boss: Client) -> None:
    """R36, N-10: without any script."""
    made = boss.post("/settings/rules/new/", FORM)
    rule = Rule.objects.get()
    assert made.status_code == 302
    assert unpack(rule.spec) == Spec(
        (Group((Condition("total", "at_least", (30_000,)),)),), (Action("check", {"say": "在庫と入金を確認"}),)
    )
    url = f"/settings/rules/{rule.pk}/"
    refused = boss.post(f"{url}switch/", {"to": "shadow", "edition": "1"})
    assert (refused.status_code, "先に直近30日の受注で試してください" in refused.content.decode()) == (409, True)
    hit = place("A-1", lines=[line(quantity=15)])
    assert boss.post(f"{url}try/").status_code == 302
    run_pending()
    page = boss.get(url).content.decode()
    assert "1件中 1件が該当" in page
    assert hit.number in page
    assert "合計金額（税込）が30,000円以上（33,000円）" in page
    for to in ("shadow", "on"):
        assert boss.post(f"{url}switch/", {"to": to, "edition": "1"}).status_code == 302
    rule.refresh_from_db()
    assert rule.state == RuleState.ON
    order = place("A-2", lines=[line(quantity=16)])
    panel = boss.get(f"/orders/{order.pk}/rules/").content.decode()
    assert "高額" in panel
    assert "確認理由「在庫と入金を確認」を付ける" in panel
    assert "在庫と入金を確認" in boss.get(f"/orders/{order.pk}/").content.decode()
    assert boss.post(f"{url}delete/").status_code == 409


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"g0-c0-value": ""}, "数字を入力してください"),
        ({"g0-c0-value": "たくさん"}, "数字を入力してください"),
        ({"g0-c0-op": "between", "g0-c0-value": "9", "g0-c0-other": "3"}, "2つめの値は1つめ以上"),
        ({"g0-c0-field": "wish_date", "g0-c0-op": "on", "g0-c0-value": "2026-02-31"}, "日付を入力してください"),
        ({"g0-c0-field": "remark", "g0-c0-op": "contains", "g0-c0-value": " "}, "値を入力してください"),
        ({"g0-c0-field": "store", "g0-c0-op": "one_of", "g0-c0-value": ["gone"]}, "1つ以上選んでください"),
        ({"g0-c0-field": "remark", "g0-c0-op": "contains", "g0-c0-value": "x" * 300}, "200文字以内"),
        ({"name": " "}, "ルールに名前を付けてください"),
        ({"a0-p-say": ""}, "「何を確認するか」を入力してください"),
        ({"a0-kind": "line", "a0-p-sku": "GONE", "a0-p-quantity": "1"}, "SKU"),
        ({"a0-kind": "line", "a0-p-sku": "YN-AI-01", "a0-p-quantity": "0"}, "1〜99"),
        ({"a0-kind": "hold", "a0-p-kind": "blacklist"}, "一覧から選んでください"),
        ({"a0-kind": "day", "a0-p-meaning": "ship", "a0-p-on": "2026-12-01", "a0-p-days": "3"}, "どちらか一方"),
        ({"a0-kind": "day", "a0-p-meaning": "ship"}, "どちらか一方"),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(boss: Client, changes: dict[str, Any], said: str) -> None:
    """422, with what was typed."""
    answer = boss.post("/settings/rules/new/", {**FORM, **changes})
    page = answer.content.decode()
    assert (answer.status_code, said in page, Rule.objects.count()) == (422, True, 0)
    if isinstance(changes.get("g0-c0-value"), str) and changes["g0-c0-value"].strip():
        assert changes["g0-c0-value"] in page


def test_nonsense_is_no_fault(boss: Client) -> None:
    """Nothing that is sent gives a server error."""
    for form in (
        {},
        {"g0-c0-field": "\x00", "a0-kind": "\x00", "name": "\x00"},
        {**FORM, "edition": "x", "g0-c0-op": "gone", "g0-c0-field": "gone", "a0-kind": "gone"},
    ):
        assert boss.post("/settings/rules/new/", form).status_code in (302, 422)
    for do in ("", "drop:9:9", "drop:x", "undo:77", "add:5", "group", "action", "add:0", "undo:0", "drop:0:0"):
        assert boss.post("/settings/rules/draw/", {**FORM, "do": do}).status_code == 200
    assert boss.get("/settings/rules/new/?from=gone").status_code == 200
    assert boss.get("/settings/rules/9999/").status_code == 404
    assert boss.post("/settings/rules/draw/", {**FORM, "rule": "9999"}).status_code == 404


def test_the_form_changes_its_shape_and_keeps_what_was_typed(boss: Client) -> None:
    page = boss.post("/settings/rules/draw/", {**FORM, "do": "add:0"}).content.decode()
    assert {'name="g0-c1-field"', 'value="30,000"', 'value="在庫と入金を確認"'} <= set(re.findall(r'\w+="[^"]+"', page))
    choices = boss.post(
        "/settings/rules/draw/", {**FORM, "g0-c0-field": "ship_prefecture"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in choices
    assert '<option value="沖縄県"' in choices


def test_a_changed_rule_must_not_be_changed_twice(boss: Client) -> None:
    """Who was slower sees the form as typed and a sentence (409)."""
    rule = make_rule(condition("total", "at_least", 1), do=(act("accept"),))
    url = f"/settings/rules/{rule.pk}/edit/"
    assert boss.post(url, FORM).status_code == 302
    late = boss.post(url, {**FORM, "name": "別の名前"})
    assert (late.status_code, "別の名前" in late.content.decode()) == (409, True)
    assert Rule.objects.get().state == RuleState.DRAFT


def test_what_is_stored_is_what_the_form_shows() -> None:
    """Every recipe goes into the form and comes out of it unchanged."""
    for recipe in RECIPES.values():
        editor = Editor.of(str(recipe.name), recipe.spec)
        if recipe.key == "gift":
            editor.actions[0].values["sku"] = make_sku("OMAKE").code
            assert editor.read() is not None
        else:
            assert editor.read() == recipe.spec
    words = Spec((Group((condition("remark", "contains_any", "のし", "熨斗"),)),), (act("accept"),))
    assert Editor.of("x", words).read() == words


@pytest.mark.parametrize("language", ["ja", "en"])
def test_recipes_read_as_sentences(language: str) -> None:
    with translation.override(language):
        assert all("→" in rule_sentence(recipe.spec) for recipe in RECIPES.values())


def test_the_list_asks_the_same_for_one_rule_and_for_three(boss: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert boss.get("/settings/rules/").status_code == 200
        return len(captured)

    make_rule(condition("total", "at_least", 1), do=(act("accept"),))
    queries()
    one = queries()
    for n in range(2):
        make_rule(condition("total", "at_least", n), do=(act("accept"),), name=f"R{n}")
    assert queries() == one


def test_tags_stand_in_the_list_and_narrow_it(boss: Client) -> None:
    first, _second = place("A-1"), place("A-2", store=make_store("own"), lines=[line(quantity=2)])
    assert boss.post(f"/orders/{first.pk}/tag/", {"name": "  熨斗  あり "}).status_code == 302
    assert OrderTag.objects.get().name == "熨斗 あり"
    assert boss.post(f"/orders/{first.pk}/tag/", {"name": "x" * 40}).status_code == 422
    page = boss.get("/orders/?queue=all&tag=熨斗 あり").content.decode()
    assert first.number in page
    assert "熨斗 あり" in page
    assert _second.number not in page
    boss.post(f"/orders/{first.pk}/untag/", {"name": "熨斗 あり"})
    assert not OrderTag.objects.exists()


def test_only_managers_write_rules(clock: Any) -> None:
    make_shop()
    assert client_for(Role.ORDER).get("/settings/rules/").status_code == 403
