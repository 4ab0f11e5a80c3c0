"""API tokens: making a secret, and finding who holds one."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db.models import Q

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from .models import ApiToken

PREFIX = "akinai_"
#: The last use is written down at most this often.
USE_EVERY = dt.timedelta(minutes=1)


def new_secret() -> str:
    """A fresh secret of 256 random bits; its prefix lets secret scanners know it."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def hint_of(secret: str) -> str:
    """The first characters, by which people tell tokens apart."""
    return secret[: len(PREFIX) + 4]


def actor_of(authorization: str) -> Actor | None:
    """The actor behind an `Authorization: Bearer …` header; None if it names no living token."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    token = ApiToken.objects.filter(secret_hash=hash_of(secret.strip()), revoked_at__isnull=True).first()
    if token is None:
        return None
    _note_use(token)
    return token.actor


def _note_use(token: ApiToken) -> None:
    now = clock.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
