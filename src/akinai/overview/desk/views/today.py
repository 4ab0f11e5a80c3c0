"""今日: what to do next, how the queues stand, what the others must know."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.backoffice.orders.permissions import VIEW as SEE_ORDERS
from akinai.foundation.core.errors import BadInput, Conflict
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires, signed_in
from akinai.foundation.ui.responses import page_or_partial
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.notifications.permissions import WRITE
from akinai.overview.desk import (
    handover,
    next_thing,
    notices,
    permissions,
    promises,
    reaching,
    services,
    situation,
    tiles,
)
from akinai.overview.desk.forms import HandoverForm


@signed_in
@require_GET
def today(request: AkinaiRequest) -> HttpResponse:
    """The first page of the day; htmx fetches it again when something happens."""
    actor = request.actor
    context: dict[str, object] = {
        "notices": notices.for_actor(actor),
        "handover": handover.newest(actor),
        "may_write": actor.may(permissions.HANDOVER),
    }
    if actor.may(SEE_ORDERS):
        now = situation.load()
        context |= {
            "standing": now,
            "next": next_thing.choose(now, actor),
            "tiles": tiles.big(now),
            "others": tiles.small(now),
            "promises": promises.breaking_next(now),
            "reach": reaching.load(),
            "may_write_mail": actor.may(WRITE),
        }
    return page_or_partial(request, "desk/today.html", context, partial="live")


@signed_in
@require_GET
def notice_page(request: AkinaiRequest) -> HttpResponse:
    """What went wrong or waits, on a page of its own, for the bell."""
    found = notices.for_actor(request.actor)
    return page_or_partial(request, "desk/notices.html", {"notices": found}, partial="list")


@requires(permissions.HANDOVER)
@require_http_methods(["GET", "POST"])
def write(request: AkinaiRequest) -> HttpResponse:
    """Today's hand-over note, and those of the days before to copy from."""
    note = handover.of_today()
    initial = {"text": note.text if note else "", "seen_edition": note.edition if note else 0}
    form = HandoverForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        answer = _save(request, form)
        if answer is None:
            return redirect("desk:today")
        form, status = answer
    newer = handover.of_today() if status == 409 else None
    context = {"form": form, "newer": newer, "earlier": handover.earlier()}
    return page_or_partial(request, "desk/handover.html", context, status=status)


def _save(request: AkinaiRequest, form: HandoverForm) -> tuple[HandoverForm, int] | None:
    """None when it is kept; else the form with what was typed, and the status.

    After a conflict the form carries the newer edition: saving again says that one has seen the other text.
    """
    if not form.is_valid():
        return form, 422
    try:
        services.write_handover(request.actor, **form.cleaned_data)
    except BadInput as error:
        form.say(error)
        return form, 422
    except Conflict as error:
        newer = handover.of_today()
        again = HandoverForm({"text": form.cleaned_data["text"], "seen_edition": newer.edition if newer else 0})
        again.say(error)
        return again, 409
    toast(request, _("Kept. The others see it on Today."))
    return None


@requires(permissions.HANDOVER)
@require_POST
def read(request: AkinaiRequest, note_id: int) -> HttpResponseRedirect:
    """I have read it."""
    services.mark_read(request.actor, note_id=note_id)
    return redirect("desk:today")
