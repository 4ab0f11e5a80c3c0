"""Races of accounts, on whichever database the run uses: one key, one founder, one last owner, one count of tries."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.test import Client

from akinai.foundation.accounts import services, throttle
from akinai.foundation.accounts.models import LoginThrottle, Staff
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import PASSWORD, make_staff, make_token

pytestmark = pytest.mark.django_db(transaction=True)
Answer = TypeVar("Answer")


def at_once(number: int, act: Callable[[int], Answer]) -> list[Answer]:
    """Do the same from several threads at the same moment."""
    barrier = Barrier(number)

    def one(index: int) -> Answer:
        try:
            barrier.wait()
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.mark.urls("tests.foundation.accounts.extra_urls")
def test_rel_5_one_key_posted_by_eight_at_once_is_one_effect() -> None:
    """One does it, the others hear "still running" or get its answer; nobody gets an error of ours."""
    _, secret = make_token("tests.write")

    def post(_index: int) -> Any:
        client = Client(headers={"authorization": f"Bearer {secret}", "Idempotency-Key": "k"})
        return client.post("/api/t/things", {"name": "a", "slow": 0.05}, content_type="application/json")

    answers = at_once(8, post)
    assert {a.status_code for a in answers} <= {201, 409}
    assert len({a.content for a in answers if a.status_code == 201}) == 1
    assert LoginThrottle.objects.count() == 1
    assert post(0).status_code == 201


def test_of_two_first_owners_one_wins() -> None:
    def set_up(index: int) -> bool:
        try:
            services.create_first_owner(SYSTEM, login=f"owner{index}", display_name="店主", password=PASSWORD)
        except Refused:
            return False
        return True

    assert sorted(at_once(2, set_up)) == [False, True]
    assert Staff.objects.count() == 1


def test_of_two_owners_who_stop_each_other_one_stays() -> None:
    owners = [make_staff(Role.OWNER), make_staff(Role.OWNER)]

    def stop(index: int) -> bool:
        try:
            services.stop_staff(SYSTEM, staff_id=owners[index].pk)
        except Refused:
            return False
        return True

    assert sorted(at_once(2, stop)) == [False, True]
    assert Staff.objects.filter(is_active=True).count() == 1


def test_rel_14_a_burst_of_guesses_counts_in_full() -> None:
    """Twelve at the same moment: no more than the free ones get to try."""
    waits = at_once(12, lambda _index: throttle.charge("misaki", "192.0.2.1"))
    assert waits.count(0) == 5
