"""Customers: list, page, new, merge."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui import registry
from akinai.foundation.ui.toasts import toast

from . import permissions, selectors, services
from .forms import AttentionForm, CustomerForm, EndForm
from .models import Customer
from .tables import CustomerTable

#: Customers offered for a merge.
MOST_OTHERS = 20


@requires(permissions.VIEW)
@require_GET
def customer_list(request: AkinaiRequest) -> HttpResponse:
    """Everybody who bought; merged customers answer through the other."""
    table = CustomerTable.for_request(request, selectors.search(""))
    return table.respond(request, "customers/customer_list.html", {"may_edit": request.actor.may(permissions.EDIT)})


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def customer_new(request: AkinaiRequest) -> HttpResponse:
    """Somebody who calls before they buy."""
    form = CustomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            customer = services.save_customer(request.actor, facts=form.facts(), **form.beside())
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("customers:customer", customer.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "customers/customer_new.html", {"form": form}, status=status)


@requires(permissions.VIEW)
@require_http_methods(["GET", "POST"])
def customer_page(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """A customer: contact data, what other apps know of them, who may be the same person."""
    customer = selectors.customer(customer_id)
    form = _form(customer, request)
    if request.method == "POST" and form.is_valid():
        try:
            if not request.actor.may(permissions.EDIT):
                raise Refused(_("You may look at customers, not change them."))
            services.save_customer(request.actor, customer=customer, facts=form.facts(), **form.beside())
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("customers:customer", customer.pk)
    return show_customer(request, customer, form, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def customer_merge(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """Another customer is the same person: first who it is and what would move, then this one answers for both."""
    customer = selectors.customer(customer_id)
    other = _other(request.GET if request.method == "GET" else request.POST)
    if request.method == "POST":
        if other is None:
            raise NotFound(_("This customer does not exist."))
        services.merge(request.actor, customer=other, into=customer)
        toast(request, _("Merged. It can be taken back on the other's page."))
        return redirect("customers:customer", customer.pk)
    words = request.GET.get("q", "").strip()[:200].replace("\x00", "")
    context = {
        "customer": customer,
        "other": other,
        "words": words,
        "found": selectors.search(words).exclude(pk=customer.pk)[:MOST_OTHERS] if words else [],
        "moves": selectors.what_moves(other) if other else [],
        "mergeable": other is not None and other.pk != customer.pk and not (other.merged_into or customer.merged_into),
    }
    return render(request, "customers/customer_merge.html", context)


def _other(asked: QueryDict) -> Customer | None:
    text = asked.get("other", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound(_("This customer does not exist."))
    return selectors.customer(int(text))


@requires(permissions.EDIT)
@require_POST
def customer_unmerge(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """Two persons after all."""
    customer = services.unmerge(request.actor, customer=selectors.customer(customer_id))
    toast(request, _("The merge is taken back."))
    return redirect("customers:customer", customer.pk)


def _form(customer: Customer, request: AkinaiRequest) -> CustomerForm:
    data = request.POST if request.method == "POST" else None
    return CustomerForm(data, initial=_initial(customer))


def show_customer(
    request: AkinaiRequest,
    customer: Customer,
    form: CustomerForm | None = None,
    *,
    attention_form: AttentionForm | None = None,
    end_form: EndForm | None = None,
    end_of: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page of a customer, with a form that was refused as it was typed."""
    panels = [
        (panel, reverse(panel.url_name, args=[customer.pk]))
        for panel in registry.customer_panels.for_actor(request.actor)
    ]
    may_edit = request.actor.may(permissions.EDIT)
    entries = selectors.attention_of(customer.pk) if may_edit else []
    context = {
        "customer": customer,
        "form": form or CustomerForm(initial=_initial(customer)),
        "panels": panels,
        "alike": selectors.alike(customer) if customer.merged_into is None else [],
        "merged": Customer.objects.filter(merged_into=customer),
        "may_edit": may_edit,
        "entries": entries,
        "warns": next((e for e in entries if e.state in ("active", "proposed")), None),
        "may_approve": request.actor.may(permissions.ATTENTION),
        "attention_form": attention_form or AttentionForm(),
        "attention_opened": attention_form is not None,
        "end_form": end_form,
        "end_of": end_of,
        "me": request.actor.key,
    }
    return render(request, "customers/customer.html", context, status=status)


def _initial(customer: Customer) -> dict[str, object]:
    return {name: getattr(customer, name) for name in CustomerForm.base_fields}
