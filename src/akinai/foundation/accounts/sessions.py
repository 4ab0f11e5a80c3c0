"""How long a session lives: it ends when idle, and in any case after a working day (ASVS 7.3.1, 7.3.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from akinai.foundation.core import clock

from .models import Staff

BEGAN, SEEN = "akinai_began", "akinai_seen"
#: A visit is written down at most this often, so that reading pages does not write to the database.
TOUCH_EVERY = dt.timedelta(minutes=5)


def begin(sender: object, request: HttpRequest, user: Staff, **_kw: Any) -> None:
    """Start the clocks of a session; receives `user_logged_in`."""
    now = clock.now()
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    Staff.objects.filter(pk=user.pk).update(last_seen=now)


def is_over(session: SessionBase) -> bool:
    """True if the session was idle too long or is too old; one that carries no clocks is over."""
    now = clock.now().timestamp()
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    return bool(now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.AKINAI_SESSION_IDLE_SECONDS)


def touch(session: SessionBase, user: Staff) -> None:
    """Note that the person is still here."""
    now = clock.now()
    if abs(now.timestamp() - session.get(SEEN, 0)) < TOUCH_EVERY.total_seconds():
        return
    session[SEEN] = now.timestamp()
    Staff.objects.filter(pk=user.pk).update(last_seen=now)
