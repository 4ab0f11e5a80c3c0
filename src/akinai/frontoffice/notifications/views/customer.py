"""The mails of a customer, as a part of their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.notifications import customers
from akinai.shop.customers import selectors
from akinai.shop.messaging import permissions as mail_permissions
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.states import Mark, MarkSource


@require_GET
@requires(mail_permissions.VIEW)
def of_customer(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """What was written to them and what they wrote."""
    context = {
        "entries": customers.mails_of(customer_id),
        "customer": selectors.customer(customer_id),
        "marks": customers.marks_of(customer_id),
        "may_send": request.actor.may(mail_permissions.SEND),
    }
    return render(request, "notifications/of_customer.html", context)


@require_POST
@requires(mail_permissions.SEND)
def no_ads(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """They said on the phone or on paper that they want no advertising (LAW-13)."""
    found = selectors.customer(customer_id)
    if not found.mail:
        raise BadInput(_("This customer has no mail address."))
    messaging.mark_address(request.actor, address=found.mail, kind=Mark.NO_ADS, source=MarkSource.STAFF)
    toast(request, _("No more advertising to this address."))
    return redirect("customers:customer", found.pk)


@require_POST
@requires(mail_permissions.SEND)
def lift(request: AkinaiRequest, customer_id: int, mark_id: int) -> HttpResponse:
    """The address works again, or they agreed to advertising again."""
    messaging.lift_mark(request.actor, mark_id=mark_id)
    toast(request, _("The note on the address is lifted."))
    return redirect("customers:customer", customer_id)
