"""Everything registered leads somewhere; what the pages draw exists."""

from __future__ import annotations

import re
from pathlib import Path

from akinai.foundation.ui import registry
from akinai.foundation.ui.checks import check_registries
from akinai.foundation.ui.registry import MenuItem
from akinai.foundation.ui.statuses import statuses

UI = Path(registry.__file__).parent


def test_what_the_program_registers_is_sound() -> None:
    assert [p.msg for p in check_registries(None)] == []


def test_a_menu_item_that_leads_nowhere_is_found(monkeypatch) -> None:
    broken: registry.Registry[MenuItem] = registry.Registry("menu")
    broken.add(MenuItem("x", "x", "box", "nowhere:at_all", "no.such_permission"))
    monkeypatch.setattr("akinai.foundation.ui.checks._REGISTRIES", (broken,))
    said = " ".join(p.msg for p in check_registries(None))
    assert "nowhere:at_all" in said
    assert "no.such_permission" in said


def test_every_icon_named_is_in_the_sprite() -> None:
    names = set((UI / "icons.txt").read_text(encoding="utf-8").split())
    used = {s.icon for s in statuses}
    for page in (UI / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([a-z0-9-]+)"', page.read_text(encoding="utf-8")))
    assert used - names == set()


def test_every_word_a_script_says_is_on_the_page() -> None:
    words = (UI / "templates" / "ui" / "parts" / "words.html").read_text(encoding="utf-8")
    script = (UI / "static" / "ui" / "app.js").read_text(encoding="utf-8")
    named = set(re.findall(r"words\(\)\.([a-z]+)", script)) | {"signin", "forbidden", "gone", "conflict", "server"}
    assert {n for n in named if f"data-{n}=" not in words} == set()
