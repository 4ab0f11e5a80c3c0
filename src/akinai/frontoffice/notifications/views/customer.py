"""The mails of a customer, as a part of their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.frontoffice.notifications import customers
from akinai.shop.messaging import permissions as mail_permissions


@require_GET
@requires(mail_permissions.VIEW)
def of_customer(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """What was written to them and what they wrote."""
    return render(request, "notifications/of_customer.html", {"entries": customers.mails_of(customer_id)})
