"""The page behind the line that stops advertising. It is for buyers: public, without a log-in, and one button."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public
from akinai.shop.messaging import marks, services
from akinai.shop.messaging.states import Mark, MarkSource
from akinai.shop.stores import selectors as stores

BUYER = Actor("buyer", "")


@require_http_methods(["GET", "POST"])
@public
def refuse(request: AkinaiRequest, token: str) -> HttpResponse:
    """Ask once, then stop at once (LAW-13). Looking changes nothing: mail programs open links by themselves."""
    address = marks.address_of(token)
    if request.method == "POST":
        _stop(address)
        return redirect("messaging:refuse", token)
    context = {"address": address, "done": marks.wants_no_ads(address), "shop": stores.snapshot().shop}
    return render(request, "messaging/refuse.html", context)


@csrf_exempt
@require_POST
@public
def refuse_at_once(request: AkinaiRequest, token: str) -> HttpResponse:
    """The button of mail programs (RFC 8058): the signed link itself is the proof, there is no session to abuse."""
    _stop(marks.address_of(token))
    return HttpResponse(status=204)


def _stop(address: str) -> None:
    services.mark_address(BUYER, address=address, kind=Mark.NO_ADS, source=MarkSource.LINK)
