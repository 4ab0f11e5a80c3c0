"""Up to which day somebody has looked at the account (PAY-6)."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.payments import permissions, services
from akinai.backoffice.payments.coverage import coverage
from akinai.backoffice.payments.forms import BankCheckForm
from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui import html
from akinai.foundation.ui.responses import go_to, page_or_partial, safe_next
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out


@requires(permissions.VIEW)
@require_GET
def bank_check(request: AkinaiRequest) -> HttpResponse:
    """When the account was last looked at, and the form to say so."""
    return _page(request, BankCheckForm(initial={"through": clock.today() - dt.timedelta(days=1)}))


@requires(permissions.RECORD)
@require_POST
def note_bank_check(request: AkinaiRequest) -> HttpResponse:
    """All deposits up to a day are recorded."""
    form = BankCheckForm(request.POST)
    if not carried_out(form, lambda: services.note_bank_check(request.actor, through=form.cleaned_data["through"])):
        return _page(request, form, status=422)
    said = _("Noted: all deposits up to %(day)s are recorded.") % {"day": html.day(form.cleaned_data["through"])}
    toast(request, said)
    return go_to(request, safe_next(request, reverse("payments:waiting")))


def _page(request: AkinaiRequest, form: BankCheckForm, status: int = 200) -> HttpResponse:
    context = {
        "bank": coverage(), "form": form, "may_check": request.actor.may(permissions.RECORD),
        "back": safe_next(request, reverse("payments:waiting")),
    }  # fmt: skip
    return page_or_partial(request, "payments/bank_check.html", context, partial="box", status=status)
