"""What can be done to mails: queue, draft, send, stop, resend, change the texts, set up the server."""

from __future__ import annotations

from .accounts import AccountSettings, save_account
from .bouncing import note_bounce
from .doubling import AlreadyWritten
from .enclosing import add_files, as_file, drop_file
from .fetching import fetch, fetch_all, try_account
from .marking import lift_mark, mark_address
from .probing import send_probe
from .queueing import queue_message, save_draft
from .receiving import receive
from .sending import deliver
from .serving import ServerSettings, save_server, send_test
from .stopping import edit_draft, hurry, refuse_bounced, resend, send_draft, settle, stop, take_back
from .templating import BadTemplate, restore_default, save_template
from .threading import close_thread, link_thread, reopen_thread

__all__ = [
    "AccountSettings",
    "AlreadyWritten",
    "BadTemplate",
    "ServerSettings",
    "add_files",
    "as_file",
    "close_thread",
    "deliver",
    "drop_file",
    "edit_draft",
    "fetch",
    "fetch_all",
    "hurry",
    "lift_mark",
    "link_thread",
    "mark_address",
    "note_bounce",
    "queue_message",
    "receive",
    "refuse_bounced",
    "reopen_thread",
    "resend",
    "restore_default",
    "save_account",
    "save_draft",
    "save_server",
    "save_template",
    "send_draft",
    "send_probe",
    "send_test",
    "settle",
    "stop",
    "take_back",
    "try_account",
]
