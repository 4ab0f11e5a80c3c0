"""What can be done to mails: queue, draft, send, stop, resend, change the texts, set up the server."""

from __future__ import annotations

from .queueing import queue_message, save_draft
from .sending import deliver
from .serving import ServerSettings, save_server, send_test
from .stopping import edit_draft, resend, send_draft, settle, stop, take_back
from .templating import BadTemplate, restore_default, save_template

__all__ = [
    "BadTemplate",
    "ServerSettings",
    "deliver",
    "edit_draft",
    "queue_message",
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
