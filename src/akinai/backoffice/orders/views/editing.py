"""The page on which an order is changed: one form, what it will come to beside it, one button (T23)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from akinai.backoffice.orders import permissions, selectors, services
from akinai.backoffice.orders.edit_form import EditForm
from akinai.backoffice.orders.foreseeing import Foreseen, foresee, load
from akinai.backoffice.orders.forms import ReallocateForm
from akinai.backoffice.orders.page import Said
from akinai.backoffice.orders.steps import is_editable
from akinai.foundation.core.errors import AkinaiError, BadInput, Conflict, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog.selectors import search_skus

MOST_SKUS = 6


@require_http_methods(["GET", "POST"])
@requires(permissions.WORK)
def edit(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The form as things stand, or the edit; what was refused comes back as it was typed."""
    order, lines = load(order_id)
    if not is_editable(order):
        toast(request, _("This order cannot be changed any more."), tone="warn")
        return redirect("orders:order", order_id)
    form = EditForm(request.POST if request.method == "POST" else None, order=order, lines=lines)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    changes = form.changes()
    if form.errors:
        return _page(request, form, status=422)
    try:
        done = services.edit_order(
            request.actor, order_id=order_id, changes=changes, reason=form.cleaned_data["reason"],
            consent=form.consent(), seen_version=form.cleaned_data["version"],
        )  # fmt: skip
    except NotFound:
        raise
    except AkinaiError as error:
        return _refused(request, form, error)
    same = done.edition == order.edition
    toast(request, _("Nothing was different.") if same else _("The order is changed."), tone="act" if same else "ok")
    return redirect("orders:order", order_id)


@require_POST
@requires(permissions.WORK)
def foreseen(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What the form as typed so far would come to; nothing is written."""
    order, lines = load(order_id)
    form = EditForm(request.POST, order=order, lines=lines)
    return render(request, "orders/parts/foreseen.html", _foreseen(form))


def _foreseen(form: EditForm) -> dict[str, object]:
    """The preview of a form, on rows of its own: working it out changes them."""
    order, lines = load(form.order.pk)
    words = form.unknown_words() if form.is_bound else ""
    context: dict[str, object] = {"words": words, "skus": _candidates(words)}
    if not form.is_bound:
        return context | {"seen": Foreseen(order.total, order.total)}
    if not form.is_valid():
        errors = [str(said) for name, many in form.errors.items() for said in many if not name.startswith("added_")]
        return context | {"seen": Foreseen(order.total, order.total, errors=errors)}
    return context | {"seen": foresee(order, lines, form.changes())}


def _candidates(words: str) -> list[object]:
    return list(search_skus(words, active_only=True)[:MOST_SKUS]) if words else []


def _page(request: AkinaiRequest, form: EditForm, *, said: Said | None = None, status: int = 200) -> HttpResponse:
    context = {"form": form, "order": form.order, "said": said, "touched": form.is_bound, **_foreseen(form)}
    return render(request, "orders/edit.html", context, status=status)


def _refused(request: AkinaiRequest, form: EditForm, error: AkinaiError) -> HttpResponse:
    """At its field what was typed wrong, above the form what speaks against it, with the version of the order now."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(selectors.version_of(form.order.pk))  # type: ignore[index]
    if isinstance(error, BadInput):
        form.say(error)
        return _page(request, form, status=422)
    if isinstance(error, Conflict):
        said = Said(str(error.sentence), [str(c) for c in error.changes], "warn")
    else:
        reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
        said = Said(_("This was not done"), [str(r) for r in reasons])
    return _page(request, form, said=said, status=error.status)


@require_http_methods(["GET", "POST"])
@requires(permissions.OVERRIDE)
def reallocate(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Take goods that another order holds (T11): choose the order, say why."""
    order, lines = load(order_id)
    short = {line.sku_id: line for line in lines if line.sku_id and line.short > 0}
    asked = request.POST.get("sku", request.GET.get("sku", ""))
    sku_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    if sku_id not in short:
        toast(request, _("This order is not short of these goods."), tone="warn")
        return redirect("orders:order", order_id)
    started = {"version": order.version, "sku": sku_id, "offer_mail": True}
    form = ReallocateForm(request.POST if request.method == "POST" else None, key="reallocate", initial=started)
    said, status = None, 200
    if request.method == "POST":
        done, said, status = _reallocate(request, order_id, form)
        if done:
            return redirect("orders:order", order_id)
    line = short[sku_id]
    context = {"order": order, "line": line, "form": form, "donors": selectors.donors(order, sku_id), "said": said}
    return render(request, "orders/reallocate.html", context, status=status)


def _reallocate(request: AkinaiRequest, order_id: int, form: ReallocateForm) -> tuple[bool, Said | None, int]:
    """Do it; otherwise what to say, and the status of the page."""
    if not form.is_valid():
        return False, None, 422
    data = form.cleaned_data
    try:
        moved = services.reallocate(
            request.actor, order_id=order_id, donor_id=data["donor"], sku_id=data["sku"], reason=data["reason"],
            offer_mail=data["offer_mail"], seen_version=data["version"],
        )  # fmt: skip
    except AkinaiError as error:
        reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
        return False, Said(_("This was not done"), [str(r) for r in reasons]), error.status
    text = _("%(count)s pieces came from %(number)s.") % {"count": moved.pieces, "number": moved.donor.number}
    toast(request, text)
    return True, None, 200
