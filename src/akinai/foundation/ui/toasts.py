"""Short words at the foot of the screen after something was done, with a way back while there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "stop": "alert-octagon", "act": "info-circle"}
_LEVELS = {"ok": messages.SUCCESS, "warn": messages.WARNING, "stop": messages.ERROR, "act": messages.INFO}
_TONES = {messages.SUCCESS: "ok", messages.WARNING: "warn", messages.ERROR: "stop"}


@dataclass(frozen=True, slots=True)
class Toast:
    """What is drawn: words, tone, and for `seconds` a button that POSTs to `undo_url`."""

    text: str
    tone: str = "ok"
    undo_url: str = ""
    seconds: int = 0

    @property
    def icon(self) -> str:
        return _ICONS[self.tone]


def toast(request: HttpRequest, text: str | Promise, *, tone: str = "ok", undo_url: str = "", seconds: int = 0) -> None:
    """Say something on this page, or on the next one after a redirect. `undo_url` takes a POST within `seconds`."""
    extra = json.dumps({"undo_url": undo_url, "seconds": seconds}) if undo_url else ""
    messages.add_message(request, _LEVELS[tone], str(text), extra_tags=extra, fail_silently=True)


def as_toast(message: Message) -> Toast:
    """A Django message as a toast."""
    tone = _TONES.get(message.level, "act")
    if message.extra_tags.startswith("{"):
        extra = json.loads(message.extra_tags)
        return Toast(str(message.message), tone, extra["undo_url"], extra["seconds"])
    return Toast(str(message.message), tone)
