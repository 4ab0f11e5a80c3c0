"""Sessions, throttle, cookies and headers (REL-14)."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from akinai.foundation.accounts import services, throttle
from akinai.foundation.accounts.models import LoginThrottle
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import PASSWORD, client_for, make_staff

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
def test_rel_14_an_idle_session_ends(clock: FrozenClock) -> None:
    """ASVS 7.3.1"""
    client = client_for("viewer")
    clock.advance(dt.timedelta(seconds=settings.AKINAI_SESSION_IDLE_SECONDS - 1))
    assert client.get("/me/").status_code == 200
    clock.advance(dt.timedelta(seconds=settings.AKINAI_SESSION_IDLE_SECONDS + 1))
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_rel_14_a_session_ends_after_its_day_even_if_used(clock: FrozenClock) -> None:
    """ASVS 7.3.2"""
    client = client_for("viewer")
    for _ in range(settings.SESSION_COOKIE_AGE // 3600):
        clock.advance(dt.timedelta(hours=1))
        assert client.get("/me/").status_code == 200
    clock.advance(dt.timedelta(seconds=1))
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_rel_14_sessions_of_a_stopped_account_end_for_good() -> None:
    """ASVS 7.4.2: they stay ended when the account is opened again."""
    person = make_staff("viewer")
    client = client_for(person)
    services.stop_staff(SYSTEM, staff_id=person.pk)
    assert client.get("/me/").status_code == 302
    services.start_staff(SYSTEM, staff_id=person.pk)
    assert client.get("/me/").status_code == 302
    assert client_for(type(person).objects.get(pk=person.pk)).get("/me/").status_code == 200


@pytest.mark.django_db
def test_rel_14_a_stopped_account_cannot_sign_in_and_the_answer_is_the_same() -> None:
    """ASVS 6.3.8: unknown, stopped and wrong are one answer."""
    make_staff(login="known")
    make_staff(login="stopped", is_active=False)
    answers = [
        Client().post("/login/", {"login": login, "password": password})
        for login, password in [("known", "wrong"), ("stopped", PASSWORD), ("nobody", PASSWORD)]
    ]
    assert [a.status_code for a in answers] == [422, 422, 422]
    assert all("ログイン名かパスワードが違います" in a.content.decode() for a in answers)


@pytest.mark.django_db
def test_rel_14_log_in_gives_a_new_session_key() -> None:
    """No session fixation."""
    make_staff(login="misaki")
    client = Client()
    client.session.save()
    before = client.session.session_key
    client.post("/login/", {"login": "misaki", "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["misaki", "nobody"])
def test_rel_14_ten_wrong_log_ins_are_slowed_and_none_locked_for_good(clock: FrozenClock, login: str) -> None:
    """Unknown accounts are slowed like known ones; after the wait the right password opens."""
    make_staff(login="misaki")
    client, slowed = Client(), 0
    for _ in range(10):
        answer = client.post("/login/", {"login": login, "password": "wrong"})
        if answer.status_code == 429:
            slowed += 1
            clock.advance(dt.timedelta(seconds=int(answer.headers["Retry-After"])))
    assert slowed >= 2
    while (answer := client.post("/login/", {"login": login, "password": PASSWORD})).status_code == 429:
        clock.advance(dt.timedelta(seconds=int(answer.headers["Retry-After"])))
    assert answer.status_code == (302 if login == "misaki" else 422)


@pytest.mark.django_db
def test_rel_14_the_right_password_does_not_help_while_slowed(clock: FrozenClock) -> None:
    make_staff(login="misaki")
    client = Client()
    for _ in range(6):
        client.post("/login/", {"login": "misaki", "password": "wrong"})
    answer = client.post("/login/", {"login": "misaki", "password": PASSWORD})
    assert answer.status_code == 429
    assert "お待ちください" in answer.content.decode()


@pytest.mark.django_db
def test_rel_14_one_account_guessed_from_many_addresses_is_slowed(clock: FrozenClock) -> None:
    waits = [throttle.charge("misaki", f"192.0.2.{n}") for n in range(12)]
    assert waits[:10] == [0] * 10
    assert waits[10] > 0


@pytest.mark.django_db
def test_rel_14_many_accounts_guessed_from_one_address_are_slowed(clock: FrozenClock) -> None:
    waits = [throttle.charge(f"staff{n}", "192.0.2.1") for n in range(22)]
    assert waits[:20] == [0] * 20
    assert waits[20] > 0


@pytest.mark.django_db
def test_rel_14_the_longest_wait_is_short_and_all_is_forgotten(clock: FrozenClock) -> None:
    for _ in range(200):
        clock.advance(dt.timedelta(seconds=throttle.charge("misaki", "192.0.2.1")))
    assert throttle.charge("misaki", "192.0.2.1") <= 300
    clock.advance(dt.timedelta(minutes=settings.AKINAI_LOGIN_FORGET_MINUTES + 1))
    assert [throttle.charge("misaki", "192.0.2.1") for _ in range(5)] == [0] * 5
    clock.advance(dt.timedelta(days=1))
    assert throttle.prune() == 3
    assert not LoginThrottle.objects.exists()


@pytest.mark.django_db
def test_rel_14_coming_in_clears_the_count(clock: FrozenClock) -> None:
    make_staff(login="misaki")
    client = Client()
    for _ in range(3):
        for _ in range(4):
            client.post("/login/", {"login": "misaki", "password": "wrong"})
        assert client.post("/login/", {"login": "misaki", "password": PASSWORD}).status_code == 302
        client.post("/logout/")


@pytest.mark.django_db
def test_rel_14_names_typed_are_not_stored(clock: FrozenClock) -> None:
    """People type passwords into the wrong field."""
    throttle.charge("my secret password", "192.0.2.1")
    assert not any("secret" in row.key for row in LoginThrottle.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.9"), (1, "198.51.100.7"), (2, "203.0.113.5")])
def test_rel_14_the_address_behind_proxies(settings: Any, rf: RequestFactory, proxies: int, address: str) -> None:
    """Only what our own proxies add is believed."""
    settings.AKINAI_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.5, 198.51.100.7", "REMOTE_ADDR": "10.0.0.9"}
    assert throttle.client_address(rf.get("/", **headers)) == address


@pytest.mark.django_db
def test_rel_14_cookies_and_headers() -> None:
    make_staff(login="misaki")
    client = Client()
    answer = client.post("/login/", {"login": "misaki", "password": PASSWORD})
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    page = client.get("/me/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_rel_14_forms_need_their_token() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"login": "misaki", "password": PASSWORD})
    assert answer.status_code == 403
    assert "時間がたちすぎました" in answer.content.decode()


@pytest.mark.slow
def test_rel_14_deploy_check_is_clean_and_cookies_are_secure(tmp_path: Path) -> None:
    """`check --deploy` has nothing to say behind TLS."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING', tags=['security'])\n"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT\n"
    )
    env = {
        **os.environ,
        "AKINAI_HTTPS": "1",
        "AKINAI_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "akinai.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
