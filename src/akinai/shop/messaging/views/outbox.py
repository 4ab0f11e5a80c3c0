"""送信箱: the list, one mail exactly as sent, and what a person does to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import go_to, safe_next
from akinai.foundation.ui.toasts import toast
from akinai.shop.messaging import marks, permissions, selectors, services, subjects, transports
from akinai.shop.messaging.forms import DraftForm, ResendForm
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.services.sending import as_mail
from akinai.shop.messaging.states import State
from akinai.shop.messaging.tables import Outbox
from akinai.shop.messaging.texts import warnings_of
from akinai.shop.stores.fields import carried_out


@require_GET
@requires(permissions.VIEW)
def outbox(request: AkinaiRequest) -> HttpResponse:
    """Every mail: waiting, failed, drafts, sent."""
    table = Outbox.for_request(request, selectors.outbox())
    context = {"not_set_up": not transports.is_set_up(), "mailbox": transports.uses_mailbox()}
    return table.respond(request, "messaging/outbox.html", context)


@require_GET
@requires(permissions.VIEW)
def message(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """One mail exactly as sent, with every attempt."""
    return _page(request, selectors.message(message_id))


def _page(request: AkinaiRequest, row: Message, resend: ResendForm | None = None, status: int = 200) -> HttpResponse:
    first = row.resend_of_id or row.pk
    context: dict[str, Any] = {
        "message": row,
        "mail": as_mail(row),
        "kind": kinds.label(row.kind),
        "about": subjects.named([row.subject_key]).get(row.subject_key),
        "attempts": list(row.log.all()),
        "family": list(Message.objects.filter(resend_of_id=first).exclude(pk=row.pk).order_by("id")),
        "first": row.resend_of,
        "deeds": audit.selectors.for_subject(row.key)[:50],
        "by_person": row.created_by.startswith("staff:"),
        "may_send": request.actor.may(permissions.SEND),
        "resend": resend or ResendForm(initial={"to": row.to}),
        "state": State(row.state),
        "files": list(row.enclosures.defer("content")),
        "answers": list(row.answers.defer("raw").order_by("id")),
        "why": waiting_because(row),
        "marks": marks.marks_of(row.to),
    }
    return render(request, "messaging/message.html", context, status=status)


def waiting_because(row: Message) -> str:
    """Why a waiting mail has not left yet, as a sentence; "" for others."""
    if row.state != State.WAITING:
        return ""
    if row.attempts:
        return _("The mail server did not take it at try %(n)d; it is tried again by itself.") % {"n": row.attempts}
    if not transports.is_set_up():
        return _("No mail server is set up: it will fail until there is one.")
    if row.created_by.startswith("staff:"):
        return _("A person set it off, so it waits a while in which it can be stopped.")
    return _("It leaves as soon as the mail worker comes to it.")


@require_http_methods(["GET", "POST"])
@requires(permissions.SEND)
def edit(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """Finish a draft: keep it, or send it."""
    row = selectors.message(message_id)
    if row.state != State.DRAFT:
        return redirect("messaging:message", row.pk)
    form = DraftForm(
        request.POST or None, request.FILES or None, initial={"to": row.to, "subject": row.subject, "body": row.body}
    )
    if request.method == "POST":
        if carried_out(form, lambda: _keep(request, row, form)):
            return redirect("messaging:message", row.pk)
        form.offer_to_insist()
    subject = str(form["subject"].value() or "")
    context = {"form": form, "message": row, "kind": kinds.label(row.kind), "warnings": warnings_of(subject)}
    context["files"] = list(row.enclosures.defer("content"))
    return render(request, "messaging/edit.html", context, status=422 if request.method == "POST" else 200)


def _keep(request: AkinaiRequest, row: Message, form: DraftForm) -> None:
    typed = dict(form.cleaned_data)
    insist, files = typed.pop("insist"), typed.pop("enclosures")
    services.edit_draft(request.actor, message_id=row.pk, **typed)
    if files:
        services.add_files(request.actor, message_id=row.pk, files=files)
    if "send" in request.POST:
        sent = services.send_draft(request.actor, message_id=row.pk, insist=insist)
        say_waiting(request, sent)
    else:
        toast(request, _("The draft is kept."))


def say_waiting(request: AkinaiRequest, row: Message) -> None:
    """Say that a mail is on its way, with the way back while its window is open."""
    seconds = max(0, round((row.send_after - clock.now()).total_seconds()))
    undo = reverse("messaging:stop", args=[row.pk]) if seconds else ""
    toast(request, _("The mail is in the outbox."), undo_url=undo, seconds=min(seconds, 3600))


@require_POST
@requires(permissions.SEND)
def stop(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """Undo: stop a waiting mail or drop a draft."""
    services.stop(request.actor, message_id=message_id)
    toast(request, _("Sending is stopped."))
    return go_to(request, safe_next(request, reverse("messaging:message", args=[message_id])))


@require_POST
@requires(permissions.SEND)
def hurry(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """Send it now."""
    services.hurry(request.actor, message_id=message_id)
    toast(request, _("The mail leaves now."))
    return redirect(safe_next(request, reverse("messaging:message", args=[message_id])))


@require_POST
@requires(permissions.SEND)
def lift(request: AkinaiRequest, message_id: int, mark_id: int) -> HttpResponse:
    """The address works again, or the buyer agreed to advertising."""
    services.lift_mark(request.actor, mark_id=mark_id)
    toast(request, _("The note on the address is lifted."))
    return redirect("messaging:message", message_id)


@require_POST
@requires(permissions.SEND)
def take_back(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """Make it a draft again and open it."""
    services.take_back(request.actor, message_id=message_id)
    return redirect("messaging:edit", message_id)


@require_POST
@requires(permissions.SEND)
def resend(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """Send it again, perhaps to another address."""
    row = selectors.message(message_id)
    if "to" not in request.POST:
        services.resend(request.actor, message_id=message_id)
        toast(request, _("The mail is being sent again."))
        return redirect(safe_next(request, reverse("messaging:message", args=[message_id])))
    form = ResendForm(request.POST)
    made: list[Message] = []
    if not carried_out(
        form, lambda: made.append(services.resend(request.actor, message_id=message_id, to=form.cleaned_data["to"]))
    ):
        return _page(request, row, form, status=422)
    toast(request, _("The mail is being sent again."))
    return redirect("messaging:message", made[0].pk)


@require_POST
@requires(permissions.SEND)
def settle(request: AkinaiRequest, message_id: int) -> HttpResponse:
    """The buyer was reached another way."""
    services.settle(request.actor, message_id=message_id)
    toast(request, _("Marked as done."))
    return redirect(safe_next(request, reverse("messaging:message", args=[message_id])))


@require_POST
@requires(permissions.SEND)
def stop_many(request: AkinaiRequest) -> HttpResponse:
    """Stop the selected mails, each for itself."""
    return _many(request, lambda pk: services.stop(request.actor, message_id=pk))


@require_POST
@requires(permissions.SEND)
def hurry_many(request: AkinaiRequest) -> HttpResponse:
    """Send the selected mails now, each for itself."""
    return _many(request, lambda pk: services.hurry(request.actor, message_id=pk))


@require_POST
@requires(permissions.SEND)
def resend_many(request: AkinaiRequest) -> HttpResponse:
    """Send the selected mails again, each for itself."""
    return _many(request, lambda pk: services.resend(request.actor, message_id=pk))


def _many(request: AkinaiRequest, do: Callable[[int], Message]) -> HttpResponse:
    table = Outbox.for_request(request, selectors.outbox())
    good, refused = 0, []
    for row in list(table.selected(request.POST)):
        try:
            do(row.pk)
        except AkinaiError as error:
            refused.append(f"{row.subject}: {error}")
        else:
            good += 1
    if good:
        toast(request, ngettext("%(n)d mail done.", "%(n)d mails done.", good) % {"n": good})
    for sentence in refused[:5]:
        toast(request, sentence, tone="warn")
    if len(refused) > 5:
        toast(request, _("… and %(n)d more were refused.") % {"n": len(refused) - 5}, tone="warn")
    return redirect(safe_next(request, reverse("messaging:outbox")))
