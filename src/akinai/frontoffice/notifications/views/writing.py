"""Writing a mail from an order, or one to the buyers of many; with the finished mail beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from akinai.backoffice.orders.tables import selected_ids
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import page_or_partial, safe_next, wants_partial
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import ResultRow
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications import occasions, permissions, services
from akinai.frontoffice.notifications.families import BY_HAND
from akinai.frontoffice.notifications.forms import FORMS, ManyForm, WriteForm
from akinai.frontoffice.notifications.tasks import write_many as write_many_task
from akinai.shop.messaging import addresses
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.forms import ProbeForm
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.services import BadTemplate
from akinai.shop.messaging.states import State
from akinai.shop.messaging.texts import text_of, warnings_of
from akinai.shop.messaging.views.outbox import say_waiting
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import carried_out

#: More mails than these are written in the background.
AT_ONCE = 20
MOST = 1000


@require_POST
@requires(permissions.WRITE)
def write(request: AkinaiRequest) -> HttpResponse:
    """The action on orders: one leads to its page, several to the mail for all."""
    ids = selected_ids(request, request.actor)
    if not ids:
        toast(request, _("Select orders first."), tone="warn")
        return redirect(safe_next(request, reverse("orders:list")))
    if len(ids) == 1:
        kind = {"kind": request.POST["kind"]} if request.POST.get("kind") in FORMS else None
        return redirect(reverse("notifications:order_write", args=[ids[0]], query=kind))
    text = text_of("FREE")
    form = ManyForm(initial={"token": uuid.uuid4().hex, "subject": text.subject, "body": text.body})
    return _many_page(request, form, ids)


@require_POST
@requires(permissions.WRITE)
def ask_buyer(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The button beside missing goods or an impossible date: the mail that asks the buyer, filled in (R33)."""
    loading.load(order_id)
    return redirect(f"{reverse('notifications:order_write', args=[order_id])}?kind=M09")


@require_http_methods(["GET", "POST"])
@requires(permissions.WRITE)
def order_write(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Write a mail to the buyer of one order: send it, keep it as a draft, or only look."""
    facts = loading.load(order_id)
    kind = _kind(request)
    form = (
        FORMS[kind](request.POST, request.FILES)
        if request.method == "POST"
        else FORMS[kind].fresh(facts, request.actor)
    )
    if request.method == "POST" and "probe" in request.POST:
        _probed(request, order_id, form)
    elif request.method == "POST" and "look" not in request.POST:
        made = _written(request, order_id, form)
        if made is not None:
            return redirect("orders:order", order_id)
        form.offer_to_insist()
    status = 422 if request.method == "POST" and form.errors else 200
    fitting = occasions.offered(facts)
    context = {
        "order": facts.order, "kind": kinds.get(kind), "form": form, "status": status,
        "probe": ProbeForm(initial={"probe_to": own_address(request)}),
        "choices": [(key, kinds.label(key)) for key in BY_HAND if key == kind or key in fitting],
        "obstacle": occasions.obstacle(kind, facts), **_preview(request, order_id, form),
    }  # fmt: skip
    return render(request, "notifications/write.html", context, status=status)


def _written(request: AkinaiRequest, order_id: int, form: WriteForm) -> Message | None:
    """Send or keep; None if the form or the use case said no."""
    as_draft, made = "draft" in request.POST, []
    if not carried_out(
        form,
        lambda: made.append(services.write(request.actor, order_id=order_id, wanted=form.wanted(), as_draft=as_draft)),
    ):
        return None
    message = made[0]
    if message.state == State.DRAFT:
        toast(request, _("The draft is in the outbox."))
    else:
        say_waiting(request, message)
    return message


def own_address(request: AkinaiRequest) -> str:
    """Where a test goes unless somebody types another address: one's own, if the log-in is one, else the shop's."""
    login = str(getattr(request.user, "login", ""))
    return login if addresses.is_sound(login) else stores.snapshot().shop.mail


def _probed(request: AkinaiRequest, order_id: int, form: WriteForm) -> bool:
    """Send the mail as it stands to oneself; what is missing stays visible in it."""

    def send() -> None:
        made = services.preview(request.actor, order_id=order_id, wanted=form.wanted())
        to = request.POST.get("probe_to", "").strip() or own_address(request)
        messaging.send_probe(request.actor, to=to, subject=made.subject, body=made.body, files=form.wanted().files)
        toast(request, _("The test is on its way to %(to)s.") % {"to": to})

    return carried_out(form, send)


@require_POST
@requires(permissions.WRITE)
def order_preview(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The mail as typed so far, filled with the order."""
    if not wants_partial(request):
        return redirect("notifications:order_write", order_id)
    form = FORMS[_kind(request)](request.POST)
    return page_or_partial(request, "notifications/write.html", _preview(request, order_id, form), partial="preview")


def _preview(request: AkinaiRequest, order_id: int, form: WriteForm) -> dict[str, Any]:
    """What the mail would say; half-filled forms are shown as far as they go."""
    if form.is_bound:
        form.is_valid()
        wanted = form.wanted()
    else:
        probe = type(form)({k: v for k, v in form.initial.items() if v is not None})
        probe.is_valid()
        wanted = probe.wanted()
    try:
        made = services.preview(request.actor, order_id=order_id, wanted=wanted)
    except BadTemplate as error:
        return {"made": None, "sentences": [str(r) for r in error.reasons]}
    except AkinaiError as error:
        return {"made": None, "sentences": [str(error)]}
    return {"made": made, "sentences": [], "warnings": warnings_of(made.subject)}


def _kind(request: AkinaiRequest) -> str:
    wanted = request.POST.get("kind") or request.GET.get("kind") or ""
    return wanted if wanted in FORMS else BY_HAND[0]


@require_POST
@requires(permissions.WRITE)
def many(request: AkinaiRequest) -> HttpResponse:
    """Send the same mail to the buyers of the selected orders; a few at once, more as a job."""
    ids = _ids(request)
    form = ManyForm(request.POST)
    if not ids:
        toast(request, _("Select orders first."), tone="warn")
        return redirect("orders:list")
    if not carried_out(form, lambda: services.preview(request.actor, order_id=ids[0], wanted=form.wanted())):
        return _many_page(request, form, ids, status=422)
    if "look" in request.POST:
        return _many_page(request, form, ids)
    wanted, actor = form.wanted(), request.actor
    if len(ids) > AT_ONCE:
        job = write_many_task.using(actor=actor, unique_key=f"write:{wanted.token}").enqueue(
            order_ids=ids, subject=wanted.subject, body=wanted.body, token=wanted.token, by=actor.key, label=actor.label
        )
        return redirect("jobs:progress", job.pk)
    return _results(request, services.write_many(actor, order_ids=ids, wanted=wanted))


def _results(request: AkinaiRequest, results: Any) -> HttpResponse:
    good = sum(r.done for r in results)
    if good == len(results):
        toast(request, ngettext("%(n)d mail is in the outbox.", "%(n)d mails are in the outbox.", good) % {"n": good})
        return redirect(reverse("messaging:outbox") + "?state=waiting")
    rows = [
        ResultRow(
            "good" if r.done else "bad", r.number, " ".join(str(s) for s in r.sentences) or _("in the outbox"),
            reverse("orders:order", args=[r.order_id]),
        )
        for r in sorted(results, key=lambda r: r.done)
    ]  # fmt: skip
    return render(request, "notifications/results.html", {"rows": rows, "good": good, "bad": len(results) - good})


def _many_page(request: AkinaiRequest, form: ManyForm, ids: list[int], status: int = 200) -> HttpResponse:
    probe = ManyForm({name: form[name].value() for name in ("token", "subject", "body")})
    probe.is_valid()
    try:
        made = services.preview(request.actor, order_id=ids[0], wanted=probe.wanted()) if probe.is_valid() else None
    except AkinaiError:
        made = None
    context = {"form": form, "ids": ids, "made": made, "warnings": warnings_of(made.subject) if made else []}
    return render(request, "notifications/many.html", context, status=status)


def _ids(request: AkinaiRequest) -> list[int]:
    typed = [i for i in request.POST.getlist("id") if i.isascii() and i.isdigit() and len(i) < 19]
    return list(dict.fromkeys(int(i) for i in typed))[:MOST]
