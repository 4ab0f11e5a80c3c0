"""SHP-1 size classes; SHP-9 and SHP-12 zones and lead days."""

from __future__ import annotations

import pytest

from akinai.shop.terms import zones
from akinai.shop.terms.initial import SIZES
from akinai.shop.terms.size import Size, size_class


def sizes(service: str) -> list[Size]:
    return [Size(name, cm, grams, edge) for name, cm, grams, edge in SIZES[service]]


@pytest.mark.parametrize(
    ("service", "edge_sum", "grams", "name"),
    [
        ("takkyubin", 58, 4_000, "80"),
        ("yupack", 58, 4_000, "60"),
        ("takkyubin", 61, 1_000, "80"),
        ("yupack", 61, 1_000, "80"),
        ("takkyubin", 201, 1_000, None),
        ("takkyubin", 200, 30_000, "200"),
        ("takkyubin", 60, 30_001, None),
        ("compact", 50, 90_000, "コンパクト"),
    ],
)
def test_shp_1_the_larger_of_size_and_weight_decides(service: str, edge_sum: int, grams: int, name: str | None) -> None:
    """SHP-1 sum 58 cm and 4 kg: ヤマト 80, ゆうパック 60; 61 cm: 80; 201 cm: refused."""
    found = size_class(sizes(service), edge_sum_cm=edge_sum, weight_g=grams)
    assert (found.name if found else None) == name


def test_shp_1_one_long_edge_refuses() -> None:
    """SHP-1 ヤマト takes no edge above 170 cm."""
    assert size_class(sizes("takkyubin"), edge_sum_cm=190, weight_g=1, longest_edge_cm=171) is None


def test_shp_12_all_47_prefectures_resolve() -> None:
    """SHP-12 with and without 都道府県."""
    assert len(set(zones.PREFECTURES)) == 47
    assert all(zones.zone_of(name) for name in zones.PREFECTURES)
    assert [zones.zone_of(name) for name in ("東京", "北海道", "京都", "大阪府")] == [
        "kanto",
        "hokkaido",
        "kansai",
        "kansai",
    ]
    assert zones.zone_of("東京県") == ""


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        *[(zone, 1) for zone in ("kanto", "minami_tohoku", "shinetsu", "hokuriku", "chubu", "kansai", "kita_tohoku")],
        *[(zone, 2) for zone in ("chugoku", "shikoku", "kyushu", "hokkaido")],
        ("okinawa", 3),
    ],
)
def test_shp_9_days_from_kanto(zone: str, days: int) -> None:
    """SHP-9 default days by zone, origin 関東."""
    assert zones.estimated_days("kanto", zone) == days


@pytest.mark.parametrize(
    ("origin", "zone", "days"),
    [
        ("kansai", "kansai", 1),
        ("kansai", "chugoku", 1),
        ("hokkaido", "kyushu", 3),
        ("kyushu", "hokkaido", 3),
        ("kansai", "hokkaido", 2),
        ("kyushu", "okinawa", 3),
    ],
)
def test_shp_9_days_from_elsewhere(origin: str, zone: str, days: int) -> None:
    """SHP-9 same or neighbouring zone 1, 北海道–九州 3, else 2, 沖縄 3."""
    assert zones.estimated_days(origin, zone) == days
