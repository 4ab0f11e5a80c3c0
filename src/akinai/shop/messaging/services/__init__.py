"""What can be done to mails: queue, draft, send, stop, resend, change the texts, set up the server."""

from __future__ import annotations

from .doubling import AlreadyWritten
from .marking import lift_mark, mark_address
from .queueing import queue_message, save_draft
from .sending import deliver
from .serving import ServerSettings, save_server, send_test
from .stopping import edit_draft, hurry, refuse_bounced, resend, send_draft, settle, stop, take_back
from .templating import BadTemplate, restore_default, save_template

__all__ = [
    "AlreadyWritten",
    "BadTemplate",
    "ServerSettings",
    "deliver",
    "edit_draft",
    "hurry",
    "lift_mark",
    "mark_address",
    "queue_message",
    "refuse_bounced",
    "resend",
    "restore_default",
    "save_draft",
    "save_server",
    "save_template",
    "send_draft",
    "send_test",
    "settle",
    "stop",
    "take_back",
]
