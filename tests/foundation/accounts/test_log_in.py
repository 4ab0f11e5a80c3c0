"""Signing in and out."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders.accounts import PASSWORD, client_for, make_staff

pytestmark = pytest.mark.django_db


def test_right_password_signs_in_and_goes_where_one_wanted() -> None:
    make_staff(login="misaki@example.jp")
    answer = Client().post("/login/", {"login": "Ｍisaki@Example.jp ", "password": PASSWORD, "next": "/orders/?q=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/orders/?q=1")


def test_log_in_never_leaves_the_site() -> None:
    make_staff(login="misaki@example.jp")
    form = {"login": "misaki@example.jp", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/login/", form).headers["Location"] == "/"


def test_wrong_password_keeps_the_name_typed() -> None:
    make_staff(login="misaki@example.jp")
    answer = Client().post("/login/", {"login": "misaki@example.jp", "password": "no"})
    assert answer.status_code == 422
    assert 'value="misaki@example.jp"' in answer.content.decode()


def test_log_out_ends_the_session() -> None:
    client = client_for("viewer")
    assert client.post("/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
