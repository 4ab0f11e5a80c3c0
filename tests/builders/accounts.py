"""Members of staff, tokens and signed-in clients for tests."""

from __future__ import annotations

from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password
from django.test import Client

from akinai.foundation.accounts import tokens
from akinai.foundation.accounts.models import ApiToken, Staff
from akinai.foundation.core import clock
from akinai.foundation.core.permissions import Role

PASSWORD = "correct horse battery staple"
_numbers = count(1)


@cache
def hashed(password: str) -> str:
    """Argon2 is slow on purpose; tests hash each password once."""
    return make_password(password)


def make_staff(
    role: Role | str = Role.OWNER,
    *,
    login: str = "",
    display_name: str = "佐藤 美咲",
    language: str = "ja",
    is_active: bool = True,
    password: str = PASSWORD,
) -> Staff:
    """A member of staff who can sign in with `PASSWORD`."""
    return Staff.objects.create(
        login=login or f"staff{next(_numbers)}@example.jp",
        display_name=display_name,
        role=Role(role),
        language=language,
        is_active=is_active,
        password=hashed(password),
        last_seen=clock.now(),
    )


def client_for(role: Role | str | Staff = Role.OWNER) -> Client:
    """A client signed in as a new member of staff with this role, or as the one given."""
    staff = role if isinstance(role, Staff) else make_staff(role)
    client = Client()
    client.force_login(staff)
    return client


def make_token(*scopes: str, name: str = "倉庫の連携") -> tuple[ApiToken, str]:
    """An API token and its secret."""
    secret = tokens.new_secret()
    row = ApiToken.objects.create(
        name=name,
        secret_hash=tokens.hash_of(secret),
        hint=tokens.hint_of(secret),
        scopes=list(scopes),
        created_by="system",
    )
    return row, secret


def api_client(*scopes: str) -> Client:
    """A client that calls the API with a new token holding these scopes."""
    return Client(headers={"authorization": f"Bearer {make_token(*scopes)[1]}"})
