"""The page of one case, and the plain deeds on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.orders.steps import other_app
from akinai.backoffice.returns import permissions, selectors, services, steps, tables
from akinai.backoffice.returns.forms import AmountForm, CauseForm, ClaimForm, RefundForm, ReplaceForm, WordsForm
from akinai.backoffice.returns.models import Case
from akinai.backoffice.returns.states import Kind
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import SpokenForm, carried_out


@require_GET
@requires(permissions.VIEW)
def case(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """One case: what came back, what it is worth, what to do next."""
    return render(request, "returns/case.html", context(request, case_id))


def context(request: AkinaiRequest, case_id: int, **forms: Any) -> dict[str, Any]:
    """What the page of a case shows; forms that were refused stand as they were typed."""
    found = selectors.case(case_id)
    order, lines = found.order, selectors.lines_of(case_id)
    may = steps.offered(request.actor, found)
    proposal = services.propose(order, found) if may & {"refund", "approve"} else None
    return {
        "case": found, "order": order, "lines": lines, "may": may, "step": steps.next_step(found, order),
        "badge": tables.state_badge(found), "proposal": proposal, "waits_for_second": services.needs_second(found),
        "offences": services.offences(order) if found.kind == Kind.NON_DELIVERY else 0,
        "claims": [(c, ClaimForm(initial={"amount": c.amount, "on": clock.today()}),
                    AmountForm(initial={"amount": c.amount})) for c in found.claims.all()],
        "reversals": found.reversals.all(), "timeline": audit.selectors.for_subject(found.subject)[:60],
        "order_url": reverse("orders:order", args=[order.pk]), "may_claim": request.actor.may(permissions.WORK),
        "refund_form": _refund_form(found, proposal),
        "write": other_app(request.actor, "notifications.write", order), "words": WordsForm(), "opened": "",
        "replace_form": ReplaceForm(None, found, lines) if "replace" in may else None,
        "cause_form": CauseForm(initial={"cause": found.cause}), **forms,
    }  # fmt: skip


def _refund_form(case: Case, proposal: Any) -> RefundForm | None:
    """None where nothing of the sale is left to go back."""
    if proposal is None or not proposal.money + proposal.points:
        return None
    initial = {"version": case.version, "with_fees": proposal.fees > 0, "withheld": proposal.withheld}
    return RefundForm(initial=initial)


def deed(
    request: AkinaiRequest, case_id: int, form: SpokenForm, name: str, use_case: Callable[[], object], said: str,
    *, slot: str = "words",
) -> HttpResponse:  # fmt: skip
    """Do it and show the case, or the case with the form as it was typed and why not."""
    selectors.case(case_id)
    if carried_out(form, use_case):
        toast(request, said)
        return redirect("returns:case", case_id)
    return render(request, "returns/case.html", context(request, case_id, **{slot: form, "opened": name}), status=422)


@require_POST
@requires(permissions.WORK)
def close(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """The matter is settled."""
    form = WordsForm(request.POST)
    return deed(request, case_id, form, "close", lambda: services.close_case(
        request.actor, case_id=case_id, outcome=form.cleaned_data["text"]), _("The case is closed."))  # fmt: skip


@require_POST
@requires(permissions.WORK)
def bill(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Goods exchanged in advance will not come (ORD-75)."""
    form = WordsForm(request.POST)
    return deed(request, case_id, form, "bill", lambda: services.give_up_goods(
        request.actor, case_id=case_id, outcome=form.cleaned_data["text"]), _("The case is closed."))  # fmt: skip


@require_POST
@requires(permissions.WORK)
def withdraw(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """The buyer keeps the goods, or it was a mistake."""
    form = WordsForm(request.POST)
    return deed(request, case_id, form, "withdraw", lambda: services.withdraw_case(
        request.actor, case_id=case_id, reason=form.cleaned_data["text"]), _("The case is withdrawn."))  # fmt: skip


@require_POST
@requires(permissions.WORK)
def note(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Something to remember."""
    form = WordsForm(request.POST)
    return deed(request, case_id, form, "note", lambda: services.write_note(
        request.actor, case_id=case_id, text=form.cleaned_data["text"]), _("Kept."))  # fmt: skip


@require_POST
@requires(permissions.WORK)
def cause(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """Why a parcel really was not delivered."""
    form = CauseForm(request.POST)
    return deed(request, case_id, form, "cause", lambda: services.correct_cause(
        request.actor, case_id=case_id, cause=form.cleaned_data["cause"]), _("Kept."), slot="cause_form")  # fmt: skip
