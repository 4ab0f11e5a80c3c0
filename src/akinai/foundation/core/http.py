"""What pages share: the request with its actor, and errors as answers."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .actor import Actor


class AkinaiRequest(HttpRequest):
    """A request after the middleware: who asks, and whether htmx wants a fragment."""

    actor: Actor
    htmx: HtmxDetails
