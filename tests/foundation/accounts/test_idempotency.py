"""REL-5: API posts under a key, sent again without harm (Stripe's contract)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from akinai.foundation.accounts import idempotency
from akinai.foundation.accounts.models import IdempotentCall, LoginThrottle
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.jobs.registry import find
from tests.builders.accounts import api_client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.accounts.extra_urls")]


def post(client: Client, key: str | None = "k1", query: str = "", **body: Any) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    thing = {"name": "a", **body}
    return client.post(f"/api/t/things{query}", thing, content_type="application/json", headers=headers)


def effects() -> int:
    return LoginThrottle.objects.count()


@pytest.fixture
def caller() -> Client:
    return api_client("tests.write")


def test_rel_5_same_key_and_body_is_one_effect_and_one_answer(caller: Client) -> None:
    first, again = post(caller), post(caller)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert effects() == 1


def test_rel_5_two_keys_are_two_effects(caller: Client) -> None:
    assert post(caller, "k1").json()["id"] != post(caller, "k2").json()["id"]


def test_rel_5_without_a_key_each_post_counts(caller: Client) -> None:
    post(caller, None)
    post(caller, None)
    assert effects() == 2


@pytest.mark.parametrize("other", [{"name": "b"}, {"query": "?x=1"}])
def test_rel_5_same_key_other_request_is_an_error(caller: Client, other: dict[str, str]) -> None:
    post(caller)
    answer = post(caller, **other)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert effects() == 1


def test_rel_5_keys_belong_to_their_caller(caller: Client) -> None:
    post(caller)
    assert post(api_client("tests.write"), name="b").status_code == 201
    assert effects() == 2


@pytest.mark.parametrize(("fail", "status"), [("refused", 409), ("gone", 404), ("broken", 500)])
def test_rel_5_failures_are_kept_too_and_leave_no_effect(caller: Client, fail: str, status: int) -> None:
    first, again = post(caller, fail=fail), post(caller, fail=fail)
    assert (first.status_code, again.status_code) == (status, status)
    assert first.content == again.content
    assert "Idempotent-Replayed" in again.headers
    assert effects() == 0


@pytest.mark.parametrize(("fail", "status"), [("bad", 422), ("conflict", 409)])
def test_rel_5_what_was_not_valid_or_lost_a_race_is_not_kept(caller: Client, fail: str, status: int) -> None:
    assert post(caller, fail=fail).status_code == status
    assert not IdempotentCall.objects.exists()
    assert post(caller).status_code == 201
    assert effects() == 1


def test_rel_5_a_body_that_does_not_fit_is_not_kept(caller: Client) -> None:
    assert post(caller, name=3).status_code == 422
    assert post(caller).status_code == 201


def test_rel_5_while_the_first_runs_the_second_is_told_to_wait(caller: Client, clock: FrozenClock) -> None:
    post(caller)
    soon = clock.now() + dt.timedelta(seconds=5)
    IdempotentCall.objects.update(status=None, lease_until=soon)
    answer = post(caller)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "idempotency_in_progress")
    assert answer.headers["Retry-After"] == "1"


def test_rel_5_a_call_that_died_is_taken_over(caller: Client, clock: FrozenClock) -> None:
    post(caller)
    LoginThrottle.objects.all().delete()
    IdempotentCall.objects.update(status=None, lease_until=clock.now(), attempt="dead")
    clock.advance(dt.timedelta(seconds=1))
    assert post(caller).status_code == 201
    assert effects() == 1


def test_rel_5_who_was_overtaken_leaves_nothing(caller: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attempt is a fence: the slower of two cannot commit."""
    from tests.foundation.accounts import extra_urls

    def overtaken(name: str) -> Any:
        IdempotentCall.objects.update(attempt="somebody else")
        return made(name)

    made = extra_urls.done
    monkeypatch.setattr(extra_urls, "done", overtaken)
    answer = post(caller)
    assert (answer.status_code, effects()) == (409, 0)


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
def test_rel_5_keys_have_1_to_255_characters(caller: Client, key: str) -> None:
    assert post(caller, key).status_code == 400


def test_rel_5_255_characters_are_fine(caller: Client) -> None:
    assert post(caller, "x" * 255).status_code == 201


def test_rel_5_kept_at_least_a_day_and_then_forgotten(caller: Client, clock: FrozenClock) -> None:
    assert settings.AKINAI_IDEMPOTENCY_HOURS >= 24
    post(caller)
    clock.advance(dt.timedelta(hours=24))
    assert idempotency.prune() == 0
    assert "Idempotent-Replayed" in post(caller).headers
    clock.advance(dt.timedelta(hours=settings.AKINAI_IDEMPOTENCY_HOURS))
    assert idempotency.prune() == 1


def test_rel_5_the_nightly_job_forgets(caller: Client, clock: FrozenClock) -> None:
    post(caller)
    clock.advance(dt.timedelta(hours=settings.AKINAI_IDEMPOTENCY_HOURS + 1))
    assert find("accounts.prune").function() == {"throttle": 1, "calls": 1}
