"""Password rules (NIST SP 800-63B-4, ASVS 6.2): long, not on the blocklist, any Unicode, nothing about composition."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from akinai.config import settings as program
from akinai.foundation.accounts import passwords, services
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.actor import SYSTEM
from tests.builders.accounts import PASSWORD, client_for, make_staff


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "onlylowercaseletters",
        "482910573829104",
        "うちの店のおちゃはとてもおいしい",
        "🍵🍵🏺 茶と器 うつわ屋 開店",
        "x1 " * 3 + "and then sixty-four characters and some more to be quite sure of it",
        " leading blanks count",
        "é" * 2 + "cole buissonnière",
    ],
)
def test_long_ones_are_taken_whatever_they_are_made_of(password: str) -> None:
    validate_password(passwords.tidy(password))


@pytest.mark.parametrize(
    "password",
    ["", "14 characters!", "aaaaaaaaaaaaaaaa", "12341234123412341234", "passwordpassword", "QwertyQwertyQwerty"],
)
def test_short_common_and_repeated_ones_are_not(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(passwords.tidy(password))


def test_at_least_three_thousand_common_ones_are_blocked() -> None:
    """ASVS 6.2.4."""
    assert len(passwords.BlocklistValidator().passwords) >= 3000


def test_a_common_password_is_refused_even_where_short_ones_are_allowed() -> None:
    with pytest.raises(ValidationError):
        passwords.BlocklistValidator().validate("trustno1")


def test_a_password_like_ones_own_name_is_refused() -> None:
    person = Staff(login="misaki.sato.1987@example.jp", display_name="佐藤")
    with pytest.raises(ValidationError):
        validate_password("misaki.sato.1987", person)


def test_only_argon2() -> None:
    assert program.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.django_db
def test_wide_and_narrow_signs_are_one_password() -> None:
    """What an input method writes in full width at one keyboard opens at another."""
    typed = "Ｃorrect horse ｶﾅ staple"
    staff = services.create_staff(SYSTEM, login="x", display_name="x", role="viewer", password=typed)
    assert staff.check_password(passwords.tidy("Correct horse カナ staple"))


@pytest.mark.django_db
def test_own_password_needs_the_present_one() -> None:
    client = client_for(make_staff("viewer", login="viewer"))
    answer = client.post("/me/password/", {"current": "wrong", "password": "a whole new sentence"})
    assert answer.status_code == 422
    assert "今のパスワードと違います" in answer.content.decode()
    assert Staff.objects.get(login="viewer").check_password(PASSWORD)


@pytest.mark.django_db
def test_own_password_is_changed_and_only_this_session_goes_on() -> None:
    """ASVS 7.4.3: other sessions end with the password."""
    person = make_staff("viewer")
    here, elsewhere = client_for(person), client_for(person)
    answer = here.post("/me/password/", {"current": PASSWORD, "password": "a whole new sentence"})
    assert answer.status_code == 302
    assert (here.get("/me/").status_code, elsewhere.get("/me/").status_code) == (200, 302)


@pytest.mark.django_db
def test_a_weak_new_password_is_said_at_its_field() -> None:
    answer = client_for("viewer").post("/me/password/", {"current": PASSWORD, "password": "short"})
    assert answer.status_code == 422
    assert "15" in answer.content.decode()


@pytest.mark.django_db
def test_owner_gives_a_new_password_and_sessions_end() -> None:
    person = make_staff("viewer")
    theirs = client_for(person)
    client_for("owner").post(f"/settings/staff/{person.pk}/password/", {"password": "a whole new sentence"})
    assert theirs.get("/me/").status_code == 302
    person.refresh_from_db()
    assert person.check_password("a whole new sentence")
