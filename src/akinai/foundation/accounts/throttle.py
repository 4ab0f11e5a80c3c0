"""Slows guessing of passwords, by account, by address and by both; never locks anybody out for good (REL-14).

A try is counted as wrong before the password is looked at and forgiven if it was right, so a burst of guesses at the
same moment counts in full. Unknown accounts are slowed like known ones, so the answer tells nothing about who exists.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from akinai.foundation.core import clock

from .models import LoginThrottle


@dataclass(frozen=True, slots=True)
class Pace:
    """The first `free` wrong tries cost nothing; then each doubles the wait, up to `cap` seconds."""

    free: int
    cap: int

    def wait(self, failures: int) -> int:
        """Seconds to wait after so many wrong tries."""
        beyond = failures - self.free
        return 0 if beyond < 0 else min(2 ** min(beyond, 20), self.cap)


def client_address(request: HttpRequest) -> str:
    """The caller's address; behind `AKINAI_PROXIES` proxies, the one the outermost of them saw."""
    hops = [h.strip() for h in request.headers.get("X-Forwarded-For", "").split(",") if h.strip()]
    trusted = settings.AKINAI_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


@transaction.atomic
def charge(login: str, address: str) -> int:
    """Count a try as wrong and return 0; or, if it comes too soon, count nothing and return the seconds to wait."""
    rows = [(_locked_row(key), pace) for key, pace in sorted(_keys(login, address).items())]
    now = clock.now()  # after the locks: who waited for them is not earlier than who went before
    late = max((row.free_at - now).total_seconds() for row, _ in rows)
    if late > 0:
        return math.ceil(late)
    for row, pace in rows:
        fresh = now - row.last_at > dt.timedelta(minutes=settings.AKINAI_LOGIN_FORGET_MINUTES)
        row.failures = 1 if fresh else row.failures + 1
        row.last_at = now
        row.free_at = now + dt.timedelta(seconds=pace.wait(row.failures))
        row.save()
    return 0


@transaction.atomic
def forgive(login: str, address: str) -> None:
    """The try was right: the account starts anew, the address gets back this one try only."""
    keys = _keys(login, address)
    own = _key("address", address)
    LoginThrottle.objects.filter(key__in=set(keys) - {own}).delete()
    LoginThrottle.objects.filter(key=own, failures__gt=0).update(failures=F("failures") - 1)


def prune() -> int:
    """Drop counts that are forgotten anyway; returns how many."""
    limit = clock.now() - dt.timedelta(minutes=settings.AKINAI_LOGIN_FORGET_MINUTES)
    return LoginThrottle.objects.filter(last_at__lt=limit, free_at__lt=clock.now()).delete()[0]


def _keys(login: str, address: str) -> dict[str, Pace]:
    paces = {name: Pace(*numbers) for name, numbers in settings.AKINAI_LOGIN_PACES.items()}
    return {
        _key("account", login): paces["account"],
        _key("address", address): paces["address"],
        _key("both", f"{login}\n{address}"): paces["both"],
    }


def _key(kind: str, text: str) -> str:
    return salted_hmac("akinai.throttle." + kind, text, algorithm="sha256").hexdigest()


def _locked_row(key: str) -> LoginThrottle:
    now = clock.now()
    LoginThrottle.objects.get_or_create(key=key, defaults={"last_at": now, "free_at": now})
    return LoginThrottle.objects.select_for_update().get(key=key)
