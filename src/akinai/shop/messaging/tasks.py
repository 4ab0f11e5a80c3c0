"""The job that delivers a mail."""

from __future__ import annotations

from akinai.foundation import jobs

from . import services


@jobs.task(name="messaging.send", max_attempts=20, transactional=False)
def send(message_id: int) -> None:
    """Deliver one message; its own retries are kept with the message, those of the job are for a lost database."""
    services.deliver(jobs.current_job().actor, message_id=message_id)
