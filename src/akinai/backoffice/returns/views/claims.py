"""Claims: paid, of another amount, or not asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from akinai.backoffice.returns import permissions, services
from akinai.backoffice.returns.forms import AmountForm, ClaimForm, WordsForm
from akinai.backoffice.returns.models import Claim
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires

from .cases import deed


def _case_of(claim_id: int) -> int:
    case_id = Claim.objects.filter(pk=claim_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such claim."))
    return case_id


@require_POST
@requires(permissions.WORK)
def paid(request: AkinaiRequest, claim_id: int) -> HttpResponse:
    """Money came for a claim."""
    case_id, form = _case_of(claim_id), ClaimForm(request.POST)
    return deed(request, case_id, form, f"claim_{claim_id}", lambda: services.settle_claim(
        request.actor, claim_id=claim_id, amount=form.cleaned_data["amount"], on=form.cleaned_data["on"],
    ), _("Kept."), slot="claim_form")  # fmt: skip


@require_POST
@requires(permissions.WORK)
def change(request: AkinaiRequest, claim_id: int) -> HttpResponse:
    """The carrier or the price list names another amount."""
    case_id, form = _case_of(claim_id), AmountForm(request.POST)
    return deed(request, case_id, form, f"claim_change_{claim_id}", lambda: services.change_claim(
        request.actor, claim_id=claim_id, amount=form.cleaned_data["amount"],
    ), _("Kept."), slot="claim_form")  # fmt: skip


@require_POST
@requires(permissions.WORK)
def waive(request: AkinaiRequest, claim_id: int) -> HttpResponse:
    """It is not asked for any more."""
    case_id, form = _case_of(claim_id), WordsForm(request.POST)
    return deed(request, case_id, form, f"waive_{claim_id}", lambda: services.waive_claim(
        request.actor, claim_id=claim_id, reason=form.cleaned_data["text"]), _("Kept."))  # fmt: skip
