"""Settings: how mail leaves the house, and trying it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.messaging import permissions, services, transports
from akinai.shop.messaging.forms import ServerForm, TestMailForm
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import carried_out


@require_http_methods(["GET", "POST"])
@requires(permissions.SETUP)
@sensitive_post_parameters("password")
def server(request: AkinaiRequest) -> HttpResponse:
    """The mail server's settings."""
    form = ServerForm(request.POST) if request.method == "POST" else ServerForm.of(transports.server())
    if request.method == "POST" and carried_out(
        form, lambda: services.save_server(request.actor, settings=form.settings())
    ):
        toast(request, _("Saved."))
        return redirect("messaging:server")
    return _page(request, form, status=422 if request.method == "POST" else 200)


@require_POST
@requires(permissions.SETUP)
def test_mail(request: AkinaiRequest) -> HttpResponse:
    """Send a mail by the kept settings, now."""
    form = TestMailForm(request.POST)
    if carried_out(form, lambda: services.send_test(request.actor, to=form.cleaned_data["to"])):
        toast(request, _("The test mail is on its way to %(to)s.") % {"to": form.cleaned_data["to"]})
        return redirect("messaging:server")
    return _page(request, ServerForm.of(transports.server()), form, status=422)


def _page(
    request: AkinaiRequest, form: ServerForm, test: TestMailForm | None = None, status: int = 200
) -> HttpResponse:
    shop = stores.snapshot().shop
    context = {
        "form": form,
        "test": test or TestMailForm(initial={"to": shop.mail}),
        "shop": shop,
        "kept": transports.server(),
        "forced": transports.forced(),
        "set_up": transports.is_set_up(),
    }
    return render(request, "messaging/server.html", context, status=status)
