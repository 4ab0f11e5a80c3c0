"""手間の記録: what work orders cost."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires, signed_in
from akinai.overview.desk import counting, effort, permissions
from akinai.overview.desk.middleware import LISTS, spot_of

#: More than a page can count honestly is not believed.
MOST_PAGES, MOST_SUM = 100, 50_000


@require_GET
@requires(permissions.MEASURE)
def effort_page(request: AkinaiRequest) -> HttpResponse:
    """Clicks, keys, screens, words and time by kind of order, over the last 7, 30 or 90 days."""
    asked = request.GET.get("days", "")
    days = next((span for span in effort.SPANS if str(span) == asked), effort.SPANS[1])
    return render(request, "desk/effort.html", {"effort": effort.load(days), "spans": effort.SPANS})


@require_POST
@signed_in
def effort_note(request: AkinaiRequest) -> HttpResponse:
    """What pages counted themselves while they were open: keys pressed and words to read, as sums by page address."""
    if request.actor.key.startswith("staff:"):
        told = (request.POST.getlist(name)[:MOST_PAGES] for name in ("path", "keys", "words"))
        for path, keys, words in zip(*told, strict=False):
            _note(request, path, _sum(keys), _sum(words))
        if counting.tally.is_full:
            counting.flush()
    return HttpResponse(status=204)


def _note(request: AkinaiRequest, path: str, keys: int, words: int) -> None:
    """Count at the order in the address, else at work on whole lists, of which no screens and words are counted."""
    try:
        match = resolve(path[:200])
    except Resolver404:
        return
    spot = spot_of(match, request.actor)
    if spot.order_id:
        counting.tally.add(spot, keystrokes=keys, words=words)
    elif match.namespace in LISTS:
        counting.tally.add(spot, keystrokes=keys)


def _sum(typed: str) -> int:
    """A number a page sent; what is none, or more than anybody does on one page, counts as nothing."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    return number if number <= MOST_SUM else 0
