"""Refunds and replacements of a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from akinai.backoffice.returns import permissions, selectors, services
from akinai.backoffice.returns.forms import RefundForm, ReplaceForm, WordsForm
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast

from .cases import deed


@require_POST
@requires(permissions.WORK)
def refund(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Ask for a refund (T25, T26)."""
    form = RefundForm(request.POST)
    return deed(request, case_id, form, "refund", lambda: services.request_refund(
        request.actor, case_id=case_id, with_fees=form.cleaned_data["with_fees"],
        withheld=form.cleaned_data["withheld"] or 0, seen_version=form.cleaned_data["version"],
    ), _("The refund is asked for."), slot="refund_form")  # fmt: skip


@require_POST
@requires(permissions.APPROVE)
def approve(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Approve what somebody else asked for (T26)."""
    selectors.case(case_id)
    try:
        services.approve_refund(request.actor, case_id=case_id)
    except AkinaiError as error:
        toast(request, str(error), tone="stop")
    else:
        toast(request, _("The refund is approved, the sale is reversed."))
    return redirect("returns:case", case_id)


@require_POST
@requires(permissions.APPROVE)
def decline(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Send it back."""
    form = WordsForm(request.POST)
    return deed(request, case_id, form, "decline", lambda: services.decline_refund(
        request.actor, case_id=case_id, reason=form.cleaned_data["text"]), _("Sent back."))  # fmt: skip


@require_POST
@requires(permissions.WORK)
def replace(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Send other goods (T27), or the same again."""
    case = selectors.case(case_id)
    form = ReplaceForm(request.POST, case, selectors.lines_of(case_id))
    return deed(request, case_id, form, "replace", lambda: services.replace(
        request.actor, case_id=case_id, goods=form.goods(), ship_to=form.party(case.order),
        seen_version=form.cleaned_data["version"],
    ), _("The order with the other goods is placed."), slot="replace_form")  # fmt: skip
