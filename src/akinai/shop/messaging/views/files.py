"""Files that came or go with mails, and the mails' own bytes. Nothing of them is ever shown as a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.messaging import conversations, permissions, selectors, services
from akinai.shop.messaging.adapters.smtp.mapping import as_message
from akinai.shop.messaging.models import Enclosure
from akinai.shop.messaging.services.sending import as_mail


def download(content: bytes, name: str) -> HttpResponse:
    """A file to keep, never to open in the browser: strangers' files may be pages with scripts."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@requires(permissions.VIEW)
def source(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """A mail of ours as the mail server got it, with every header (MAIL-3)."""
    row = selectors.message(message_id)
    return download(as_message(as_mail(row)).as_bytes(), f"mail-{row.pk}.eml")


@require_GET
@requires(permissions.VIEW)
def enclosure(request: AkinaiRequest, message_id: int, file_id: int) -> HttpResponse:
    """A file that goes or went with a mail."""
    found = Enclosure.objects.filter(pk=file_id, message_id=message_id).first()
    if found is None:
        raise NotFound(_("There is no such file."))
    return download(bytes(found.content), found.name)


@require_POST
@requires(permissions.SEND)
def drop(request: AkinaiRequest, message_id: int, file_id: int) -> HttpResponse:
    """Take a file off a draft."""
    services.drop_file(request.actor, message_id=message_id, file_id=file_id)
    toast(request, _("The file does not go with it."))
    return redirect("messaging:edit", message_id)


@require_GET
@requires(permissions.VIEW)
def received_source(request: AkinaiRequest, received_id: int) -> HttpResponse:
    """A mail to us, byte for byte."""
    row = conversations.received_mail(received_id)
    return download(bytes(row.raw), f"received-{row.pk}.eml")


@require_GET
@requires(permissions.VIEW)
def received_file(request: AkinaiRequest, received_id: int, part: int) -> HttpResponse:
    """A file that came with a mail."""
    name, content = conversations.file_of(conversations.received_mail(received_id), part)
    return download(content, name)
