"""The job that delivers a mail."""

from __future__ import annotations

import datetime as dt

from akinai.foundation import jobs

from . import services


@jobs.task(name="messaging.send", max_attempts=20, transactional=False)
def send(message_id: int) -> None:
    """Deliver one message; its own retries are kept with the message, those of the job are for a lost database."""
    services.deliver(jobs.current_job().actor, message_id=message_id)


@jobs.schedule("messaging.fetch", every=dt.timedelta(minutes=2))
@jobs.task(name="messaging.fetch", max_attempts=1, transactional=False)
def fetch() -> None:
    """Fetch what is new in every mailbox."""
    services.fetch_all(jobs.current_job().actor)
