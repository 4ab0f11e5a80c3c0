"""Settings: the mailboxes that are read, and trying one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core.errors import NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.messaging import conversations, permissions, services
from akinai.shop.messaging.forms import AccountForm
from akinai.shop.messaging.models_inbox import MailAccount
from akinai.shop.stores.fields import carried_out


@require_GET
@requires(permissions.SETUP)
def account_list(request: AkinaiRequest) -> HttpResponse:
    """Every mailbox with when it was read last and what went wrong."""
    return render(request, "messaging/account_list.html", {"accounts": conversations.accounts()})


@require_http_methods(["GET", "POST"])
@requires(permissions.SETUP)
@sensitive_post_parameters("password")
def account_add(request: AkinaiRequest) -> HttpResponse:
    """A mailbox more."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@requires(permissions.SETUP)
@sensitive_post_parameters("password")
def account_edit(request: AkinaiRequest, account_id: int) -> HttpResponse:
    """Change a mailbox, or stop reading it."""
    row = MailAccount.objects.filter(pk=account_id).first()
    if row is None:
        raise NotFound(_("There is no such mailbox."))
    return _edit(request, row)


def _edit(request: AkinaiRequest, row: MailAccount | None) -> HttpResponse:
    posted = request.method == "POST"
    form = AccountForm(request.POST) if posted else AccountForm.of(row) if row else AccountForm()
    account_id = row.pk if row else None
    if posted and carried_out(
        form, lambda: services.save_account(request.actor, settings=form.settings(), account_id=account_id)
    ):
        toast(request, _("Saved."))
        return redirect("messaging:account_list")
    return render(request, "messaging/account_edit.html", {"form": form, "row": row}, status=422 if posted else 200)


@require_POST
@requires(permissions.SETUP)
def account_try(request: AkinaiRequest, account_id: int) -> HttpResponse:
    """Fetch now and say what the server said; a fault stands at the mailbox in the list, too."""
    if not MailAccount.objects.filter(pk=account_id).exists():
        raise NotFound(_("There is no such mailbox."))
    try:
        count = services.try_account(request.actor, account_id=account_id)
    except Refused as error:
        toast(request, str(error), tone="stop")
        return redirect("messaging:account_list")
    toast(
        request,
        ngettext("The server answers. %(n)d new mail.", "The server answers. %(n)d new mails.", count) % {"n": count},
    )
    return redirect("messaging:account_list")
