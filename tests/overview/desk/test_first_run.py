"""The first run: shop and owner in one go, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import checklist
from akinai.shop.messaging.models import MailServer
from akinai.shop.stores import selectors
from akinai.shop.terms.models import Carrier
from tests.builders.accounts import PASSWORD, client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.stores import make_shop, make_store

pytestmark = pytest.mark.django_db
TYPED = {"shop_name": "茶と器 うつわ屋", "display_name": "佐藤 美咲", "login": "Misaki", "password": PASSWORD}


def test_an_empty_shop_leads_to_the_wizard(client: Client) -> None:
    """`make run`: / asks to sign in, and the log-in page knows that nobody can."""
    answer = client.get("/", follow=True)
    assert [address for address, _status in answer.redirect_chain] == ["/login/?next=/", "/setup/"]


def test_the_wizard_names_the_shop_makes_the_owner_and_signs_in(client: Client) -> None:
    answer = client.post("/setup/", TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/start/")
    owner = Staff.objects.get()
    assert (owner.login, owner.role, owner.language) == ("misaki", "owner", "ja")
    assert selectors.shop().name == "茶と器 うつわ屋"
    assert "はじめの設定" in client.get("/start/").content.decode()
    assert client.get("/").status_code == 200


def test_a_refused_field_comes_back_with_what_was_typed_and_nothing_is_made(client: Client) -> None:
    answer = client.post("/setup/", {**TYPED, "password": "short"})
    assert answer.status_code == 422
    assert "茶と器 うつわ屋" in answer.content.decode()
    assert not Staff.objects.exists() and not selectors.is_set_up()
    assert client.post("/setup/", {**TYPED, "shop_name": " "}).status_code == 422
    assert client.post("/setup/", {}).status_code == 422


def test_the_wizard_is_closed_once_somebody_works_here(client: Client) -> None:
    make_staff(Role.OWNER)
    assert client.get("/setup/")["Location"] == "/"
    assert client.post("/setup/", TYPED)["Location"] == "/"
    assert Staff.objects.count() == 1


def test_the_owner_reads_the_language_of_the_wizard(client: Client) -> None:
    client.post("/preferences/", {"language": "en", "next": "/setup/"})
    assert "Open your shop" in client.get("/setup/").content.decode()
    client.post("/setup/", TYPED)
    assert Staff.objects.get().language == "en"


def test_the_list_says_what_is_missing_until_it_is_there(settings: Any) -> None:
    settings.AKINAI_MAIL_TRANSPORT = ""  # tests send to the mailbox; a shop sets its mail server up
    missing = {step.key: step.missing for step in checklist.steps() if not step.optional}
    assert all(missing.values())
    make_shop(
        bank_account="みずほ銀行 本店 普通 1234567",
        legal=dict.fromkeys(("price", "other_charges", "payment", "delivery", "returns"), "表示のとおり"),
    )
    make_store()
    stock_up(make_sku(), 3)
    Carrier.objects.update(pickup_time="17:00")
    MailServer.objects.create(pk=1, transport="mailbox")
    assert [step.key for step in checklist.steps() if not step.optional and not step.is_done] == []
    page = client_for(Role.OWNER).get("/start/").content.decode()
    assert "運用を始められます。" in page


def test_only_those_who_may_change_settings_are_told_of_the_list() -> None:
    assert "はじめの設定" in client_for(Role.MANAGER).get("/").content.decode()
    assert "はじめの設定" not in client_for(Role.WAREHOUSE).get("/").content.decode()
