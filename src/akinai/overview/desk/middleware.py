"""Notes what staff open and press at orders, for the page that tells what work orders cost (N-9)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.deprecation import MiddlewareMixin

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from . import counting
from .counting import Spot

#: Posted by the page itself, not by a person.
BY_ITSELF = frozenset({"orders:seen", "desk:effort_note"})
#: Work on a whole list: the presses count, for no order in particular.
LISTS = frozenset({"orders", "payments"})
#: Fragments that a person asked for; others fetch themselves.
SCREENS = frozenset({"orders:preview"})


class EffortMiddleware(MiddlewareMixin):
    """Counts in memory; a press writes what is pending, in one statement."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """After the answer is made, so that nothing of it can fail the work."""
        match, actor = request.resolver_match, getattr(request, "actor", None)
        if match is None or actor is None or not actor.key.startswith("staff:"):
            return response
        spot = spot_of(match, actor)
        if request.method == "POST":
            if match.view_name in BY_ITSELF:
                return response
            if spot.order_id or match.namespace in LISTS:
                counting.tally.add(spot, presses=1)
            counting.flush()
        elif request.method == "GET" and spot.order_id and response.status_code == 200 and _is_screen(request):
            counting.tally.add(spot, views=1)
            if counting.tally.is_full:
                counting.flush()
        return response


def spot_of(match: ResolverMatch, actor: Actor) -> Spot:
    """Where a page counts: at the order in its address, or at none."""
    order_id = match.kwargs.get("order_id", 0)
    return Spot(clock.today(), actor.key, order_id if isinstance(order_id, int) else 0)


def _is_screen(request: HttpRequest) -> bool:
    """A whole page, or the preview beside the list; other fragments fetch themselves."""
    match = request.resolver_match
    return not getattr(request, "htmx", None) or (match is not None and match.view_name in SCREENS)
