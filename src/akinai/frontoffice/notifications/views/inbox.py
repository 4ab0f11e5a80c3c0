"""Mails of buyers: the list, one conversation both ways, answering it, and saying what it is about."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.notifications import permissions, selectors, services
from akinai.frontoffice.notifications.facts import order_id_of
from akinai.frontoffice.notifications.forms import AnswerForm, LinkForm
from akinai.frontoffice.notifications.inbox import Inbox
from akinai.shop.messaging import conversations, marks, subjects
from akinai.shop.messaging import permissions as mail_permissions
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models_inbox import Thread
from akinai.shop.stores.fields import carried_out


@require_GET
@requires(mail_permissions.VIEW)
def inbox(request: AkinaiRequest) -> HttpResponse:
    """Every conversation; those that wait for us first asked for."""
    table = Inbox.for_request(request, conversations.threads())
    context = {"no_account": not conversations.accounts(), "troubled": list(conversations.troubled())}
    return table.respond(request, "notifications/inbox.html", context)


@require_GET
@requires(mail_permissions.VIEW)
def thread(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """One conversation in the order of time."""
    return _page(request, conversations.thread(thread_id))


def _page(
    request: AkinaiRequest,
    row: Thread,
    *,
    answer: AnswerForm | None = None,
    link: LinkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    theirs, ours = conversations.mails_in(row)
    order_id = order_id_of(row.subject_key)
    about = subjects.named([row.subject_key]).get(row.subject_key)
    context: dict[str, Any] = {
        "thread": row, "mails": selectors.timeline(ours, theirs), "about": about, "order_id": order_id,
        "stranger": _is_a_stranger(row, order_id),
        "others": selectors.orders_of(row.address, but=order_id or 0),
        "answer": answer or AnswerForm(initial=services.answer_start(request.actor, row)),
        "link": link or LinkForm(initial={"number": about.name if about else ""}),
        "marks": marks.marks_of(row.address),
        "may_write": request.actor.may(permissions.WRITE) and bool(row.address),
        "may_send": request.actor.may(mail_permissions.SEND),
        "arrivals": bool(order_id and selectors.under_way(order_id)),
    }  # fmt: skip
    return render(request, "notifications/thread.html", context, status=status)


def _is_a_stranger(row: Thread, order_id: int | None) -> bool:
    """True if the conversation is about an order, but not with the address of its buyer."""
    order = Order.objects.filter(pk=order_id).only("buyer_mail").first() if order_id else None
    return order is not None and not services.is_the_buyers(row, order)


@require_POST
@requires(permissions.WRITE)
def answer(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """Put an answer into the outbox."""
    row = conversations.thread(thread_id)
    form = AnswerForm(request.POST, request.FILES)
    if not carried_out(form, lambda: services.answer(request.actor, thread_id=row.pk, wanted=form.wanted())):
        form.offer_to_insist()
        return _page(request, row, answer=form, status=422)
    toast(request, _("The mail is in the outbox."))
    return redirect("notifications:thread", row.pk)


@require_POST
@requires(mail_permissions.SEND)
def link(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """Say which order it is about."""
    row = conversations.thread(thread_id)
    form = LinkForm(request.POST)
    if not carried_out(
        form, lambda: services.link(request.actor, thread_id=row.pk, number=form.cleaned_data["number"])
    ):
        return _page(request, row, link=form, status=422)
    toast(request, _("Linked."))
    return redirect("notifications:thread", row.pk)


@require_POST
@requires(mail_permissions.SEND)
def close(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """It needs no answer, or has been answered by phone."""
    messaging.close_thread(request.actor, thread_id=thread_id)
    toast(request, _("Marked as done."))
    return redirect("notifications:thread", thread_id)


@require_POST
@requires(mail_permissions.SEND)
def reopen(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """It does need an answer."""
    messaging.reopen_thread(request.actor, thread_id=thread_id)
    return redirect("notifications:thread", thread_id)


@require_POST
@requires(mail_permissions.SEND)
def arrived(request: AkinaiRequest, thread_id: int) -> HttpResponse:
    """R89: the buyer says that it has arrived."""
    services.note_arrival(request.actor, thread_id=thread_id)
    toast(request, _("Kept as a report that it has arrived."))
    return redirect("notifications:thread", thread_id)
