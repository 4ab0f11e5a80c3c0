"""The attention list (CS-40): its page, and adding, approving and ending entries."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast

from . import permissions, selectors, services
from .forms import AttentionForm, EndForm
from .tables import AttentionTable
from .views import show_customer


@requires(permissions.EDIT)
@require_GET
def attention_list(request: AkinaiRequest) -> HttpResponse:
    """Everybody on the list, and with the condition "ended" who was."""
    table = AttentionTable.for_request(request, selectors.attention_entries())
    return table.respond(request, "customers/attention_list.html")


@requires(permissions.EDIT)
@require_POST
def attention_add(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """Put a customer on the list; who is no manager proposes it."""
    customer = selectors.customer(customer_id)
    form = AttentionForm(request.POST)
    if form.is_valid():
        try:
            entry = services.list_customer(request.actor, customer_id=customer_id, **form.cleaned_data)
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("On the list now.") if entry.approved_at else _("Proposed. A manager decides."))
            return redirect("customers:customer", customer_id)
    return show_customer(request, customer, attention_form=form, status=422)


@requires(permissions.ATTENTION)
@require_POST
def attention_approve(request: AkinaiRequest, entry_id: int) -> HttpResponse:
    """A manager agrees to a proposal."""
    entry = services.approve_listing(request.actor, entry_id=entry_id)
    toast(request, _("On the list now."))
    return redirect(safe_next(request, reverse("customers:customer", args=[entry.customer_id])))


@requires(permissions.EDIT)
@require_POST
def attention_end(request: AkinaiRequest, entry_id: int) -> HttpResponse:
    """Take an entry off the list, with the reason why."""
    entry = selectors.attention_entry(entry_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.end_listing(request.actor, entry_id=entry_id, why=form.cleaned_data["why"])
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Taken off the list."))
            return redirect("customers:customer", entry.customer_id)
    return show_customer(request, entry.customer, end_form=form, end_of=entry_id, status=422)
