"""One order's money: its ledger and the forms that add to it, the same on the order page and beside lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import expiring, permissions, selectors, services, tables
from akinai.backoffice.payments.forms import (
    AgainForm,
    AuthoriseForm,
    DeclineForm,
    DepositForm,
    MoneyForm,
    RefundForm,
    ReverseForm,
    WriteOffForm,
)
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import Entry, RefundMethod
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.money import yen
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import go_to, page_or_partial, safe_next
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out

#: So long a slip of the finger can be taken back from the foot of the page; later from the ledger.
UNDO_SECONDS = 120


@requires(permissions.VIEW)
@require_GET
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """The page of an order's money; for htmx the pane beside a list."""
    return page_or_partial(request, "payments/order.html", box_of(request, order_id), partial="drawer")


@requires(permissions.VIEW)
@require_GET
def panel(request: HttpRequest, order_id: int) -> HttpResponse:
    """The money panel of the order page: it reads, since a live update would wipe out what one types."""
    context = box_of(request, order_id) | {"is_panel": True, "next": reverse("orders:order", args=[order_id])}
    return page_or_partial(request, "payments/order.html", context, partial="panel")


@requires(permissions.RECORD)
@require_POST
def deposit(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Money came: on the shop's account, or with `kind=store` at the store (T06)."""
    form = DepositForm(request.POST)
    use_case = services.mark_paid_at_store if request.POST.get("kind") == "store" else services.mark_deposit
    said = _("%(number)s: %(amount)s yen received.")
    return _record(request, order_id, "deposit", form, said, lambda: use_case(
        request.actor, order_id=order_id, money=form.money(), seen_version=form.cleaned_data["version"]
    ))  # fmt: skip


@requires(permissions.RECORD)
@require_POST
def authorise(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """A new authorisation replaces the old one (ORD-63)."""
    form = AuthoriseForm(request.POST)
    said = _("%(number)s: %(amount)s yen authorised.")
    made: list[LedgerEntry] = []
    if not carried_out(form, lambda: made.append(services.authorise(
        request.actor, order_id=order_id, money=form.money(), expires_on=form.cleaned_data["expires_on"],
        seen_version=form.cleaned_data["version"],
    ))):  # fmt: skip
        return _refused(request, order_id, "authorise", form)
    toast(request, said % {"number": made[0].order.number, "amount": yen(made[0].amount)})
    return go_to(request, back(request, order_id))


@requires(permissions.REFUND)
@require_POST
def refund(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Money went back (T26); with `ask` a second person is asked to agree first."""
    form = RefundForm(request.POST)
    if request.POST.get("ask"):
        return _ask_for_refund(request, order_id, form)
    said = _("%(number)s: %(amount)s yen given back.")
    return _record(request, order_id, "refund", form, said, lambda: services.refund(
        request.actor, order_id=order_id, money=form.money(), seen_version=form.cleaned_data["version"]
    ))  # fmt: skip


def _ask_for_refund(request: AkinaiRequest, order_id: int, form: RefundForm) -> HttpResponse:
    if not carried_out(form, lambda: services.ask_for_refund(
        request.actor, order_id=order_id, amount=form.cleaned_data["amount"], note=form.cleaned_data["note"],
        seen_version=form.cleaned_data["version"],
    )):  # fmt: skip
        return _refused(request, order_id, "refund", form)
    toast(request, _("Approval asked for: %(amount)s yen.") % {"amount": yen(form.cleaned_data["amount"])})
    return go_to(request, back(request, order_id))


@requires(permissions.REFUND)
@require_POST
def approve_refund(request: AkinaiRequest, request_id: int) -> HttpResponse:
    """A second person agrees to a refund (T26)."""
    asked = services.approve_refund(request.actor, request_id=request_id)
    toast(request, _("Approved: a refund of %(amount)s yen.") % {"amount": yen(asked.amount)})
    return go_to(request, back(request, asked.order_id))


@requires(permissions.REFUND)
@require_POST
def decline_refund(request: AkinaiRequest, request_id: int) -> HttpResponse:
    """A second person does not agree, or who asked takes it back."""
    asked, form = selectors.refund_request(request_id), DeclineForm(request.POST)
    if not carried_out(form, lambda: services.decline_refund(
        request.actor, request_id=request_id, answer=form.cleaned_data["answer"]
    )):  # fmt: skip
        return _refused(request, asked.order_id, "decline", form)
    toast(request, _("The refund was not approved."))
    return go_to(request, back(request, asked.order_id))


@requires(permissions.TAKE_AGAIN)
@require_POST
def take_again(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Paid after it was cancelled as unpaid: place it once more (PAY-8)."""
    form = AgainForm(request.POST)
    made: list[Order] = []
    if not carried_out(form, lambda: made.append(services.take_again(
        request.actor, order_id=order_id, seen_version=form.cleaned_data["version"]
    ))):  # fmt: skip
        return _refused(request, order_id, "again", form)
    toast(request, _("Taken again as %(number)s.") % {"number": made[0].number})
    return go_to(request, reverse("payments:order", args=[made[0].pk]))


@requires(permissions.WRITE_OFF)
@require_POST
def write_off(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The rest is not asked for."""
    form = WriteOffForm(request.POST)
    said = _("%(number)s: the rest of %(amount)s yen is not asked for any more.")
    return _record(request, order_id, "write_off", form, said, lambda: services.write_off(
        request.actor, order_id=order_id, note=form.cleaned_data["note"], key=form.key,
        seen_version=form.cleaned_data["version"],
    ))  # fmt: skip


@requires(permissions.REFUND)
@require_POST
def reverse_entry(request: AkinaiRequest, entry_id: int) -> HttpResponse:
    """An entry is taken back, with a reason (GEN-4)."""
    entry = selectors.entry(entry_id)
    form = ReverseForm(request.POST)
    if carried_out(form, lambda: services.reverse(request.actor, entry_id=entry_id, note=form.cleaned_data["note"])):
        toast(request, _("Taken back: %(amount)s yen.") % {"amount": yen(entry.amount)})
        return go_to(request, back(request, entry.order_id))
    return _refused(request, entry.order_id, "reverse", form, reversing=entry_id)


@requires(permissions.RECORD)
@require_POST
def undo(request: AkinaiRequest, entry_id: int) -> HttpResponse:
    """Take back what one has recorded oneself a moment ago; the button of the toast."""
    entry = selectors.entry(entry_id)
    services.undo(request.actor, entry_id=entry_id)
    toast(request, _("Taken back: %(amount)s yen.") % {"amount": yen(entry.amount)})
    return go_to(request, back(request, entry.order_id))


def _record(
    request: AkinaiRequest, order_id: int, name: str, form: MoneyForm, said: str, use_case: Callable[[], LedgerEntry]
) -> HttpResponse:
    """Do it and go back with the way to undo it, or show the form again with what was typed."""
    made: list[LedgerEntry] = []
    if not carried_out(form, lambda: made.append(use_case())):
        return _refused(request, order_id, name, form)
    entry = made[0]
    words = said % {"number": entry.order.number, "amount": yen(entry.amount)}
    url = reverse("payments:undo", args=[entry.pk]) + "?" + urlencode({"next": back(request, order_id)})
    toast(request, words, undo_url=url, seconds=UNDO_SECONDS)
    return go_to(request, back(request, order_id))


def _refused(request: HttpRequest, order_id: int, name: str, form: Any, **more: Any) -> HttpResponse:
    context = box_of(request, order_id) | {name: form, "opened": name, **more}
    if isinstance(form, MoneyForm):
        form.again(context["money"])
    return page_or_partial(request, "payments/order.html", context, partial="box", status=422)


def box_of(request: HttpRequest, order_id: int) -> dict[str, Any]:
    """What the box needs: the order's money and the forms this reader may use."""
    money = selectors.order_money(order_id)
    actor = cast(AkinaiRequest, request).actor
    context: dict[str, Any] = {"money": money, "back": back(request, order_id), "reverse": ReverseForm()}
    if actor.may(permissions.RECORD) and money.takes_deposits:
        context["deposit"] = DepositForm.for_order(money)
    if actor.may(permissions.RECORD) and money.takes_authorisations:
        context["authorise"] = AuthoriseForm.for_order(money)
    context["may_settle"] = actor.may(permissions.RECORD)
    context["authorisations"] = expiring.of_order(order_id)
    if actor.may(permissions.REFUND) and money.gives_back:
        context["refund"] = RefundForm.for_order(money)
        context["may_ask"] = services.needs_second(money.order, money.order.received_amount)
    context["requests"] = selectors.refund_requests(order_id)
    if actor.may(permissions.REFUND):  # also where no money is left to give back: somebody has to decline it
        context["decline"] = DeclineForm()
    if actor.may(permissions.WRITE_OFF) and money.may_write_off:
        context["write_off"] = WriteOffForm.for_order(money)
    context["other_self"] = other = selectors.other_self(order_id)
    if actor.may(permissions.TAKE_AGAIN) and money.may_take_again and other is None:
        context["again"] = AgainForm.for_order(money)
    may_reverse = actor.may(permissions.REFUND)
    return context | {
        "rows": [_row(entry, money.reversible, may_reverse=may_reverse) for entry in reversed(money.entries)],
        "payment_badge": tables.payment_badge(money.order.payment),
        "due_badge": tables.due_badge(money.order),
        "order_url": reverse("orders:order", args=[order_id]),
    }


def _row(entry: LedgerEntry, reversible: set[int], *, may_reverse: bool) -> dict[str, Any]:
    """An entry as the ledger shows it: what was said with it, by whom, and whether it still counts."""
    method = dict(RefundMethod.choices).get(entry.method, "")
    said = [part for part in (entry.payer_name, method, *tables.said(entry), entry.actor_label) if part]
    is_off = entry.kind == Entry.REVERSAL or hasattr(entry, "reversed_by")
    return {"row": entry, "said": said, "is_off": is_off, "can_reverse": may_reverse and entry.pk in reversible}


def back(request: HttpRequest, order_id: int) -> str:
    """Where to go when it is done: `next`, else the page on which the fragment was shown, else the order's money."""
    own = reverse("payments:order", args=[order_id])
    htmx = getattr(request, "htmx", None)
    shown = (htmx.current_url_abs_path or "") if htmx else ""
    return safe_next(request, fallback=shown or own)
