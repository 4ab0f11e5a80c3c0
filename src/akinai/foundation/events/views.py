"""The live stream's address."""

from __future__ import annotations

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import signed_in

from . import stream

EVENT_STREAM = "text/event-stream; charset=utf-8"


@signed_in
@require_GET
async def live(request: AkinaiRequest) -> HttpResponseBase:
    """Events as they happen, those the viewer may see; `Last-Event-ID` (or `?last=`) brings what was missed."""
    if stream.hub().is_full:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    if not isinstance(request, ASGIRequest):
        # A server that gives each request a thread would lose that thread to the stream; 204 tells browsers to stop
        return HttpResponse(status=204)
    last = request.headers.get("Last-Event-ID") or request.GET.get("last", "")
    answer = StreamingHttpResponse(stream.frames(request.actor, _number(last)), content_type=EVENT_STREAM)
    # A proxy must pass on each event at once
    answer["Cache-Control"], answer["X-Accel-Buffering"] = "no-store", "no"
    return answer


def _number(text: str) -> int | None:
    """An event id of at most 18 digits, as databases hold them; anything else is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
