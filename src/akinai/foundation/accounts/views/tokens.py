"""API tokens: made once, shown once, revoked for good."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.accounts import permissions, selectors, services
from akinai.foundation.accounts.forms import TokenForm
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import all_permissions, requires
from akinai.foundation.ui.toasts import toast


@requires(permissions.TOKENS)
@require_GET
def token_list(request: AkinaiRequest) -> HttpResponse:
    """All tokens, revoked ones too, and the form for a new one."""
    return _page(request, TokenForm(), status=200)


@requires(permissions.TOKENS)
@require_POST
def token_add(request: AkinaiRequest) -> HttpResponse:
    """Make a token; the answer to this one request is the only place its secret is ever shown."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        token, secret = services.create_token(request.actor, **form.cleaned_data)
    except BadInput as error:
        form.say(error)
        return _page(request, form, status=422)
    return render(request, "accounts/token_made.html", {"token": token, "secret": secret})


@requires(permissions.TOKENS)
@require_POST
def token_revoke(request: AkinaiRequest, token_id: int) -> HttpResponse:
    """End a token."""
    services.revoke_token(request.actor, token_id=token_id)
    toast(request, _("The token is revoked; programs that use it are refused from now on."))
    return redirect("accounts:token_list")


def _page(request: AkinaiRequest, form: TokenForm, *, status: int) -> HttpResponse:
    labels = {p.name: p.label for p in all_permissions().values()}
    rows = [(token, [labels.get(s, s) for s in token.scopes]) for token in selectors.all_tokens()]
    return render(request, "accounts/token_list.html", {"rows": rows, "form": form}, status=status)
