"""Sending a mail to oneself, to see it as buyers do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation.core.actor import Actor
from akinai.shop.messaging import addresses
from akinai.shop.messaging.kinds import PROBE
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.ports import EnclosedFile

from .queueing import LONGEST_SUBJECT, Letter, put


@transaction.atomic
def send_probe(
    actor: Actor, *, to: str, subject: str, body: str, files: Sequence[EnclosedFile] = (), store_id: int | None = None
) -> Message:
    """Send what a mail would say to an address of one's own, at once, marked as a test. It is about no order, so it
    counts for no promise and hinders no real mail.

    Raises BadInput for an address that is none or a blank subject or text.
    """
    address = addresses.check(to, field="probe_to")
    marked = _("[Test] %(subject)s") % {"subject": subject}
    letter = Letter(address, marked[:LONGEST_SUBJECT], body, store_id, door=actor.key, insist=True, files=files)
    return put(actor, (PROBE, f"probe:{actor.key}", uuid.uuid4().hex), letter)
