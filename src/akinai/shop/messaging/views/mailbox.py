"""The built-in mailbox: what buyers would have received."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.messaging import permissions, selectors, transports
from akinai.shop.messaging.tables import Mailbox


@require_GET
@requires(permissions.VIEW)
def mailbox(request: AkinaiRequest) -> HttpResponse:
    """Every mail the built-in mailbox has taken, by address, order or words."""
    table = Mailbox.for_request(request, selectors.mailbox())
    return table.respond(request, "messaging/mailbox.html", {"in_use": transports.uses_mailbox()})
