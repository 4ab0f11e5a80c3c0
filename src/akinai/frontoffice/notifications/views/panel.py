"""The mails of an order: a part of its page, and a page of its own without scripts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import page_or_partial, safe_next
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.notifications import permissions, selectors, services
from akinai.frontoffice.notifications.forms import NoteForm
from akinai.shop.messaging import permissions as mail_permissions
from akinai.shop.stores.fields import carried_out


@require_GET
@requires(mail_permissions.VIEW)
def order_mails(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What was written to the buyer, what waits, what failed, with the buttons for it."""
    return _page(request, order_id)


def _page(request: AkinaiRequest, order_id: int, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    found = selectors.order_mails(order_id)
    context = {
        "mails": found,
        "order": found.order,
        "note_form": form or NoteForm(initial={"text": found.note}),
        "may_send": request.actor.may(mail_permissions.SEND),
        "may_write": request.actor.may(permissions.WRITE),
    }
    return page_or_partial(request, "notifications/order_mails.html", context, partial="panel", status=status)


@require_POST
@requires(permissions.WRITE)
def order_note(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Keep the word for the confirmation."""
    form = NoteForm(request.POST)
    if not carried_out(
        form, lambda: services.keep_note(request.actor, order_id=order_id, text=form.cleaned_data["text"])
    ):
        return _page(request, order_id, form, status=422)
    toast(request, _("It goes into the confirmation mail."))
    return redirect(safe_next(request, reverse("orders:order", args=[order_id])))
