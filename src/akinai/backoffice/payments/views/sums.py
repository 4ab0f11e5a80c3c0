"""One sum for several orders: a buyer's transfer, a carrier's or agency's statement."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import permissions, selectors, services
from akinai.backoffice.payments.declared import TRANSFER_FEES
from akinai.backoffice.payments.forms import SettleForm, SeveralForm
from akinai.backoffice.payments.models import Settlement
from akinai.backoffice.payments.services import open_amount
from akinai.backoffice.payments.sharing import fees_of, is_fee
from akinai.backoffice.payments.tables import SettlementTable
from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.money import yen
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import go_to
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores import settings
from akinai.shop.stores.fields import carried_out

MOST = 1000


@requires(permissions.RECORD)
@require_http_methods(["GET", "POST"])
def several(request: AkinaiRequest) -> HttpResponse:
    """One transfer for several orders of a buyer: the sum must fit, or the difference be accepted (PAY-24)."""
    first = selectors.order_money(_ids(request)[0]).order if _ids(request) else None
    if request.method == "POST" and "record" in request.POST:
        form = SeveralForm(request.POST)
        made: list[Settlement] = []
        if carried_out(form, lambda: made.append(_split(request, form))):
            return _recorded(request, made[0])
        return _several_page(request, form, first, status=422)
    return _several_page(request, SeveralForm(initial=_typed(request)), first)


def _typed(request: AkinaiRequest) -> dict[str, Any]:
    """What stands in the form so far; with several orders ticked and nothing typed, their sum."""
    typed: dict[str, Any] = {name: request.POST[name] for name in SeveralForm.base_fields if request.POST.get(name)}
    ids = _ids(request)
    if len(ids) > 1 and "amount" not in typed:
        typed["amount"] = max(0, sum(open_amount(order) for order in selectors.chosen(ids))) or ""
    return {"on": clock.today(), "token": secrets.token_urlsafe(12)} | typed


def _split(request: AkinaiRequest, form: SeveralForm) -> Settlement:
    word = form.cleaned_data["difference"]
    forgive = word == "forgive" and request.actor.may(permissions.WRITE_OFF)
    accepted = (form.cleaned_data["seen"] or 0) if word else 0
    return services.split_deposit(
        request.actor, order_ids=_ids(request), money=form.money(), accepted=accepted, forgive=forgive
    )


def _several_page(request: AkinaiRequest, form: SeveralForm, first: Order | None, status: int = 200) -> HttpResponse:
    ticked = _ids(request)
    search = (request.POST.get("q") or request.GET.get("q") or "").replace("\x00", "").strip()
    rows = {order.pk: order for order in selectors.chosen(ticked)}
    if first is not None:
        rows |= {order.pk: order for order in selectors.owing_with(first)[:MOST]}
    if search:
        rows |= {order.pk: order for order in selectors.find_owing(selectors.owing(), search)[:MOST]}
    opens = {pk: open_amount(order) for pk, order in rows.items()}
    difference = _difference(form, sum(opens.get(pk, 0) for pk in ticked))
    fees = fees_of(str(settings.value(TRANSFER_FEES)))
    context: dict[str, Any] = {
        "form": form, "search": search, "difference": difference, "over": max(0, -difference),
        "may_forgive": difference > 0 and request.actor.may(permissions.WRITE_OFF),
        "is_fee": is_fee(difference, fees), "ticked_sum": sum(opens.get(pk, 0) for pk in ticked),
        "rows": [{"order": order, "open": opens[pk], "ticked": pk in ticked} for pk, order in rows.items()],
    }  # fmt: skip
    return render(request, "payments/several.html", context, status=status)


def _difference(form: SeveralForm, owed: int) -> int:
    """What is missing (above zero) or over (below) while both are known; 0 otherwise."""
    amount = form.cleaned_data.get("amount") if form.is_bound else _amount(form)
    return owed - amount if owed and amount else 0


def _amount(form: SeveralForm) -> int | None:
    return selectors.amount_of(str(form.initial.get("amount", "")))


@requires(permissions.RECORD)
@require_http_methods(["GET", "POST"])
def settle(request: AkinaiRequest) -> HttpResponse:
    """What a carrier or agency hands over for the chosen orders, less its fee (T19, PAY-20)."""
    ids = _all_ids(request) if request.POST.get("all") == "1" else _ids(request)
    if not ids:
        toast(request, _("No order was chosen."), tone="warn")
        return go_to(request, reverse("payments:settlement"))
    if request.method == "POST" and "record" in request.POST:
        form = SettleForm(request.POST)
        made: list[Settlement] = []
        if carried_out(form, lambda: made.append(services.settle(
            request.actor, order_ids=ids, money=form.money(), fee=form.cleaned_data["fee"] or 0
        ))):  # fmt: skip
            return _recorded(request, made[0])
        return _settle_page(request, form, ids, status=422)
    form = SettleForm(initial={"on": clock.today(), "token": secrets.token_urlsafe(12)})
    return _settle_page(request, form, ids)


def _all_ids(request: AkinaiRequest) -> list[int]:
    """All that pass the filters of the list."""
    table = SettlementTable(request.actor, selectors.awaiting_settlement(), QueryDict(), request.path)
    return list(table.selected(request.POST).values_list("pk", flat=True))


def _settle_page(request: AkinaiRequest, form: SettleForm, ids: list[int], status: int = 200) -> HttpResponse:
    rows = [{"order": order, "open": open_amount(order)} for order in selectors.chosen(ids)]
    context = {"form": form, "rows": rows, "total": sum(int(row["open"]) for row in rows)}  # type: ignore[call-overload]
    return render(request, "payments/settle.html", context, status=status)


@requires(permissions.VIEW)
@require_GET
def one_sum(request: AkinaiRequest, settlement_id: int) -> HttpResponse:
    """A sum and the orders it paid."""
    made = selectors.settlement_of(settlement_id)
    rows = list(selectors.ledger().filter(settlement=made).order_by("id"))
    return render(request, "payments/sum.html", {"made": made, "rows": rows, "total": made.paid + made.fee})


def _recorded(request: AkinaiRequest, made: Settlement) -> HttpResponse:
    toast(request, _("Recorded: %(amount)s yen.") % {"amount": yen(made.paid)})
    return go_to(request, reverse("payments:one_sum", args=[made.pk]))


def _ids(request: AkinaiRequest) -> list[int]:
    given = request.POST.getlist("id") if request.method == "POST" else request.GET.getlist("id")
    typed = [i for i in given if i.isascii() and i.isdigit() and len(i) < 19]
    return list(dict.fromkeys(int(i) for i in typed))[:MOST]
