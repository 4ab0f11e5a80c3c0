"""Work accounts does by itself."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from akinai.foundation.jobs import schedule, task

from . import idempotency, throttle


@schedule("accounts.prune", daily_at="03:30")
@task(name="accounts.prune")
def prune() -> dict[str, int]:
    """Forget what has had its time: wrong log-ins, kept API answers, ended sessions."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {"throttle": throttle.prune(), "calls": idempotency.prune()}
