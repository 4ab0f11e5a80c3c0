"""Help while an address is typed: from the postcode to the place, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from akinai.shop.terms.addresses import Address, corrected
from akinai.shop.terms.postcodes import lookup
from tests.builders.accounts import client_for

#: what is typed, and what it should be
ADDRESSES = [
    ("106-0032", "東京都", "港区六本木1-2-3", "東京都", "港区六本木1-2-3"),
    ("106-0032", "大阪府", "六本木1-2-3", "東京都", "港区六本木1-2-3"),
    ("106-0032", "", "東京都渋谷区六本木1-2-3", "東京都", "港区六本木1-2-3"),
    ("106-0032", "東京都", "", "東京都", "港区六本木"),
    ("106-0032", "大阪府", "大阪市北区梅田3-1-1", "東京都", "港区六本木3-1-1"),
    ("〒１０６ー００３２", "東京都", "1-2-3", "東京都", "港区六本木1-2-3"),
]


@pytest.mark.parametrize(("postcode", "prefecture", "street", "better", "whole"), ADDRESSES)
def test_an_address_is_mended_from_its_postcode_and_what_follows_the_city_stays(
    postcode: str, prefecture: str, street: str, better: str, whole: str
) -> None:
    found = lookup(postcode)
    assert found is not None
    mended = corrected(Address(postcode, prefecture, street, "コーポ藍 203"), found)
    assert (mended.prefecture, mended.address1, mended.address2) == (better, whole, "コーポ藍 203")


def ask(client: Client, **typed: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/places/", typed).json()
    return answer


@pytest.mark.django_db
def test_ord_20_a_postcode_that_does_not_fit_is_said_at_once() -> None:
    client = client_for("viewer")
    fine = ask(client, postcode="１０６－００３２", prefecture="東京都", address1="港区六本木1-2-3")
    assert (fine["found"], fine["prefecture"], fine["start"], fine["said"]) == (True, "東京都", "港区六本木", [])
    typing = ask(client, postcode="1060032")
    assert typing["said"] == [] and typing["better"] is None
    other = ask(client, postcode="1060032", prefecture="大阪府", address1="大阪市北区梅田3-1-1")
    assert len(other["said"]) == 1 and "東京都" in other["said"][0]
    assert other["better"]["prefecture"] == "東京都" and "東京都港区" in other["use"]
    assert "港区" in ask(client, postcode="1060032", prefecture="東京都", address1="渋谷区神南1-1")["said"][0]
    assert ask(client, postcode="999-9999")["said"] and not ask(client, postcode="999")["said"]
    assert ask(client, postcode="x" * 400, prefecture="\x01") == {"found": False, "said": []}
