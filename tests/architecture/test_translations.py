"""The Japanese catalogue is complete, and the tools that say so do find what is wrong."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from akinai.config.translations import check, extract, write_catalogue

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
A = _("Accept order")
B = ngettext("%(n)s order", "%(n)s orders", 2)
C = pgettext("month", "May")
D = _(A)
"""
PAGE = """{% load i18n %}<p>
      {% translate "Stock" %}
  {% blocktranslate trimmed count n=rows|length %}
    {{ n }} row
  {% plural %}
    {{ n }} rows
  {% endblocktranslate %}
 {% translate "May" context "month" %}</p>"""
JAPANESE = {
    "Accept order": "受注を確定",
    "%(n)s order": "受注%(n)s件",
    "month\x04May": "五月",
    "Stock": "在庫",
    "%(n)s row": "%(n)s行",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one app, a module, a page and a complete ja.py."""
    (tmp_path / "orders" / "templates").mkdir(parents=True)
    (tmp_path / "orders" / "services.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "orders" / "templates" / "list.html").write_text(PAGE, encoding="utf-8")
    _translate(tmp_path, JAPANESE)
    return tmp_path


def _translate(package: Path, texts: dict[str, str], app: str = "orders") -> None:
    (package / app).mkdir(exist_ok=True)
    (package / app / "ja.py").write_text(f"JA = {texts!r}", encoding="utf-8")


def test_every_text_of_the_program_has_its_japanese() -> None:
    assert check().lines() == []


def test_texts_are_found_in_code_and_pages(package: Path) -> None:
    assert set(extract(package)) == set(JAPANESE)
    assert check(package).lines() == []


def test_a_missing_text_is_named_with_its_place(package: Path) -> None:
    _translate(package, {k: v for k, v in JAPANESE.items() if k != "Accept order"})
    assert check(package).missing == ["orders/services.py:3: 'Accept order'"]


def test_a_stale_text_is_named(package: Path) -> None:
    _translate(package, {**JAPANESE, "Gone": "もうない"})
    assert check(package).stale == ["orders/ja.py: 'Gone'"]


def test_two_apps_that_disagree_are_named(package: Path) -> None:
    _translate(package, {"Stock": "ストック"}, app="stock")
    assert check(package).disagreeing == ["orders/ja.py, stock/ja.py: 'Stock'"]


def test_a_lost_placeholder_is_named(package: Path) -> None:
    _translate(package, {**JAPANESE, "%(n)s order": "受注"})
    assert check(package).placeholders == ["orders/ja.py: '%(n)s order'"]


def test_the_catalogue_answers_plain_plural_and_context(package: Path, tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    assert write_catalogue(target, package) == len(JAPANESE)
    with target.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Accept order") == "受注を確定"
    assert [catalogue.ngettext("%(n)s order", "%(n)s orders", n) for n in (1, 2)] == ["受注%(n)s件"] * 2
    assert catalogue.pgettext("month", "May") == "五月"
    assert catalogue.gettext("May") == "May"
