"""API tokens: scopes, secrets, who calls."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from akinai.foundation.accounts import services
from akinai.foundation.accounts.models import ApiToken
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput
from tests.builders.accounts import api_client, client_for, make_staff, make_token

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.accounts.extra_urls")]
THING = {"name": "a"}


def post(client: Client) -> int:
    return client.post("/api/t/things", THING, content_type="application/json").status_code


def test_a_token_is_shown_once_and_only_its_hash_is_kept() -> None:
    client = client_for("owner")
    page = client.post("/settings/tokens/add/", {"name": "倉庫", "scopes": ["tests.write"]}).content.decode()
    token = ApiToken.objects.get()
    secret = page.partition(f'value="{token.hint}')[2].partition('"')[0]
    assert len(secret) > 30
    assert (token.scopes, token.created_by[:6]) == (["tests.write"], "staff:")
    assert secret not in client.get("/settings/tokens/").content.decode()
    assert secret not in str(list(ApiToken.objects.values()))
    again = client.post("/settings/tokens/add/", {"name": " 倉庫", "scopes": ["tests.write"]})
    assert (again.status_code, ApiToken.objects.count()) == (422, 1)  # a page loaded again makes no second one
    caller = Client(headers={"authorization": f"Bearer {token.hint}{secret}"})
    assert caller.get("/api/v1/me").json() == {"key": token.key, "name": "倉庫", "permissions": ["tests.write"]}


@pytest.mark.parametrize("scopes", [[], ["accounts.staff"], ["no.such"]])
def test_a_token_takes_only_what_is_open_to_tokens(scopes: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        services.create_token(SYSTEM, name="x", scopes=scopes)
    assert refused.value.field == "scopes"


def test_a_refused_form_says_so() -> None:
    answer = client_for("owner").post("/settings/tokens/add/", {"name": "", "scopes": ["tests.write"]})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_scope_decides() -> None:
    assert post(api_client("tests.write")) == 201
    assert post(api_client()) == 403


def test_role_decides_for_people_at_the_screen() -> None:
    assert post(client_for("order")) == 201
    assert post(client_for("viewer")) == 403


def test_people_at_the_screen_need_the_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff("order"))
    assert post(client) == 403
    assert client.get("/api/v1/me").status_code == 200


def test_a_revoked_token_is_nobody() -> None:
    token, secret = make_token("tests.write")
    client = Client(headers={"authorization": f"Bearer {secret}"})
    assert post(client) == 201
    client_for("owner").post(f"/settings/tokens/{token.pk}/revoke/")
    assert post(client) == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic eDp5", "Bearer é", "Bearer akinai_wrong", "x"])
def test_odd_headers_are_nobody(header: str) -> None:
    assert Client(headers={"authorization": header}).get("/api/v1/me").status_code == 401


def test_a_bad_token_is_not_saved_by_a_good_session() -> None:
    client = client_for("owner")
    assert client.get("/api/v1/me", headers={"authorization": "Bearer akinai_wrong"}).status_code == 401


def test_a_token_opens_no_page() -> None:
    assert api_client("tests.write").get("/me/").status_code == 302


def test_last_use_is_kept_to_the_minute(clock: FrozenClock) -> None:
    token, secret = make_token()
    client = Client(headers={"authorization": f"Bearer {secret}"})
    for _ in range(3):
        client.get("/api/v1/me")
        clock.advance(dt.timedelta(seconds=20))
    token.refresh_from_db()
    assert token.last_used_at == clock.now() - dt.timedelta(seconds=60)


def test_the_schema_says_which_scope_an_operation_needs() -> None:
    schema = Client().get("/api/t/openapi.json").json()
    assert schema["paths"]["/api/t/things"]["post"]["x-permission"] == "tests.write"
