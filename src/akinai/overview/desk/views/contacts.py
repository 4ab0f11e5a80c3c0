"""連絡待ち: whom to reach now, who has heard nothing, and the word about a call."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.orders import selectors as orders
from akinai.backoffice.orders.permissions import VIEW, WORK
from akinai.foundation.accounts.forms import SpokenForm
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import page_or_partial, safe_next
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.notifications.permissions import WRITE
from akinai.overview.desk import contacts, services, silence
from akinai.overview.desk.forms import CallForm, ContactForm


@require_GET
@requires(VIEW)
def contact_list(request: AkinaiRequest) -> HttpResponse:
    """Whom to reach now, who has heard nothing for too long, and what came of the latest calls."""
    context = {
        "contacts": contacts.open_contacts(),
        "silent": silence.silent_customers(),
        "unanswered": silence.unanswered(),
        "closed": contacts.closed_contacts(),
        "most": silence.MOST,
        **_may(request),
    }
    return page_or_partial(request, "desk/contacts.html", context, partial="live")


@require_GET
@requires(VIEW)
def order_contacts(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What the buyer of an order was promised and whether they must be reached: a part of its page."""
    return _panel(request, order_id)


def _panel(
    request: AkinaiRequest, order_id: int, form: CallForm | ContactForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "order": orders.order_row(order_id),
        "promises": contacts.promises_of(order_id),
        "contacts": contacts.of_order(order_id),
        "form": form,
        **_may(request),
    }
    return page_or_partial(request, "desk/order_contacts.html", context, partial="panel", status=status)


def _may(request: AkinaiRequest) -> dict[str, object]:
    return {"may_call": request.actor.may(WORK), "may_write": request.actor.may(WRITE)}


@require_POST
@requires(WORK)
def log_call(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Write down what came of a call."""
    form = CallForm(request.POST)
    if not form.is_valid() or not _done(
        form, lambda: services.log_call(request.actor, order_id=order_id, **form.cleaned_data)
    ):
        return _panel(request, order_id, form, status=422)
    toast(request, _("The call is noted on the order."))
    return redirect(safe_next(request, reverse("orders:order", args=[order_id])))


@require_POST
@requires(WORK)
def open_contact(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Say that the buyer must be reached."""
    form = ContactForm(request.POST)
    if not form.is_valid() or not _done(
        form, lambda: services.open_contact(request.actor, order_id=order_id, reason=form.cleaned_data["text"])
    ):
        return _panel(request, order_id, form, status=422)
    toast(request, _("It is on the list of whom to reach."))
    return redirect(safe_next(request, reverse("orders:order", args=[order_id])))


def _done(form: SpokenForm, use_case: Callable[[], object]) -> bool:
    try:
        use_case()
    except BadInput as error:
        form.say(error)
        return False
    return True
