"""Apps add menu entries, panels, actions; nobody sees what they may not use."""

from __future__ import annotations

import pytest

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Action, ActionRegistry, Count, MenuItem, Registry


def item(key: str, *, order: int = 100, permission: str = "", url_name: str = "ui:search") -> MenuItem:
    return MenuItem(key, key, "search", url_name, permission, order)


def test_items_come_in_order_then_by_key() -> None:
    items: Registry[MenuItem] = Registry("menu")
    items.add(item("c", order=2), item("b", order=1), item("a", order=2))
    assert [i.key for i in items] == ["b", "a", "c"]


def test_a_key_is_registered_once() -> None:
    items: Registry[MenuItem] = Registry("menu")
    items.add(item("a"))
    with pytest.raises(RuntimeError, match="menu: a is registered twice"):
        items.add(item("a"))


def test_an_unknown_key_names_the_registry() -> None:
    with pytest.raises(KeyError, match="menu: nothing is registered as x"):
        Registry("menu").get("x")


def test_only_what_the_actor_may_use() -> None:
    items: Registry[MenuItem] = Registry("menu")
    items.add(item("open"), item("orders", permission="orders.view"), item("money", permission="payments.view"))
    clerk = Actor("staff:1", permissions=frozenset({"orders.view"}))
    assert [i.key for i in items.for_actor(clerk)] == ["open", "orders"]


def test_a_menu_item_is_lit_in_its_own_part() -> None:
    assert item("a", url_name="orders:list").lights_in("orders")
    assert not item("a", url_name="orders:list").lights_in("payments")
    assert not item("a", url_name="home").lights_in("")


def test_an_action_that_nobody_registers_stops_the_start() -> None:
    actions = ActionRegistry("actions")
    actions.need("payments.mark_paid", "list orders")
    with pytest.raises(RuntimeError, match=r"payments\.mark_paid \(used by list orders\)"):
        actions.check()
    actions.add(Action("payments.mark_paid", "Mark paid", "payments.mark"))
    actions.check()


def test_actions_by_name_keep_their_order_and_respect_permissions() -> None:
    actions = ActionRegistry("actions")
    actions.add(Action("a.b", "B", ""), Action("a.a", "A", ""), Action("a.c", "C", "a.secret"))
    named = actions.named(["a.c", "a.b", "a.a"], Actor("staff:1"))
    assert [a.name for a in named] == ["a.b", "a.a"]


def test_count_is_plain_data() -> None:
    assert Count(3) == Count(3, late=False, title="")
