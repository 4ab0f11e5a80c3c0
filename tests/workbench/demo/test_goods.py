"""The goods of the demo: as many as promised, sound codes, pictures that hold nothing but shapes."""

from __future__ import annotations

import pytest

from akinai.shop.catalog.jan import is_valid
from akinai.shop.catalog.pictures import judge
from akinai.workbench.demo.drawing import drawn, picture_of
from akinai.workbench.demo.goods import WARES, articles


def test_inv_93_about_two_hundred_articles_with_sound_codes() -> None:
    """INV-93 every JAN has its right check digit, and all lie in the range a shop gives out itself."""
    made = articles()
    assert 180 <= len(made) <= 220
    assert len({a.code for a in made}) == len({a.jan for a in made}) == len(made)
    assert all(is_valid(a.jan) and a.jan.startswith("20") for a in made)
    assert {a.ware.tax for a in made} == {"red", "std"}
    assert any(a.ware.fragile for a in made) and any(a.code.startswith("GF") for a in made)


def test_every_ware_has_a_picture() -> None:
    for ware in WARES:
        data, by_us = picture_of(ware.picture, ware.colour)
        if by_us:
            assert data.startswith(b"<svg") and b"script" not in data and b"href" not in data
        else:
            assert judge(data).ending == "jpg"


def test_a_colour_is_a_colour() -> None:
    with pytest.raises(ValueError, match="no colour"):
        drawn("bowl", '"/><script>')
