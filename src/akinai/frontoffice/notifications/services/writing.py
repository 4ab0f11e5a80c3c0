"""Mails a person writes from an order: reminder, delay, change of payment, free words; drafts; the note for the
confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound
from akinai.foundation.core.text import mask_cards
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications import variables
from akinai.frontoffice.notifications.composing import Composed, compose
from akinai.frontoffice.notifications.facts import OrderFacts
from akinai.frontoffice.notifications.families import BY_HAND, PROMOTIONAL
from akinai.frontoffice.notifications.models import ConfirmationNote
from akinai.frontoffice.notifications.occasions import REMINDERS, refuse, values_for
from akinai.shop.messaging import addresses, marks
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.ports import EnclosedFile
from akinai.shop.messaging.rendering import problems_of
from akinai.shop.messaging.texts import TemplateText

from .automatic import undo_seconds


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mail a person wants: its kind, what they typed for it (by variable), and for a free mail subject and text.

    `token` names this very form, so that pressing twice sends once. `step` is the reminder (R1, R2, R3). `insist`: the
    person has read what speaks against it (N-13, MAIL-11).
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    body: str = ""
    token: str = ""
    step: str = ""
    insist: bool = False
    files: Sequence[EnclosedFile] = ()


def preview(actor: Actor, *, order_id: int, wanted: Wanted) -> Composed:
    """The mail as it would go out now. Raises BadTemplate for an unknown variable in free words (MAIL-2)."""
    return _compose(actor, loading.load(order_id), wanted)


def _compose(actor: Actor, facts: OrderFacts, wanted: Wanted) -> Composed:
    if wanted.kind not in BY_HAND:
        raise BadInput(_("Choose a kind of mail."), field="kind")
    more: dict[str, Any] = {name: _typed(value) for name, value in wanted.values.items()}
    more["staff_note"] = more.get("staff_note") or ""
    more |= values_for(wanted.kind, facts, wanted.step)
    return compose(wanted.kind, facts, actor, text=_free_text(wanted, facts.language), **more)


def _typed(value: Any) -> Any:
    """Words without blanks around; None for none."""
    return (value.strip() or None) if isinstance(value, str) else value


def _free_text(wanted: Wanted, language: str) -> TemplateText | None:
    """The typed subject and text of a free mail, checked like a template; None to take the template in force."""
    if wanted.kind != "FREE" or not (wanted.subject or wanted.body):
        return None
    known = variables.of("FREE")
    problems = {"subject": problems_of(wanted.subject, known), "body": problems_of(wanted.body, known)}
    if any(problems.values()):
        raise messaging.BadTemplate(problems)
    return TemplateText("FREE", wanted.subject, wanted.body, language=language)


@transaction.atomic
def write(
    actor: Actor, *, order_id: int, wanted: Wanted, as_draft: bool = False, delay_seconds: int | None = None
) -> Message:
    """Put a mail written by hand into the outbox, or keep it as a draft. It can be stopped while its window is open.

    Raises BadInput for a missing address or value (at its field), Refused for a kind that does not fit the order as it
    is or an address that sends mail back, AlreadyWritten where another door was quicker (N-13), BadTemplate for an
    unknown variable.
    """
    facts = loading.load(order_id)
    order = facts.order
    if not as_draft:
        addresses.check(order.buyer_mail)
    if wanted.kind == "M06" and wanted.step not in REMINDERS:
        raise BadInput(_("Choose which reminder it is."), field="step")
    refuse(wanted.kind, facts, wanted.step)
    if not as_draft and not wanted.insist:
        messaging.refuse_bounced(order.buyer_mail)
    made = _compose(actor, facts, wanted)
    if made.missing and not as_draft:
        label = variables.of(wanted.kind)[made.missing[0]].label
        raise BadInput(_("“%(name)s” has no value.") % {"name": label}, field=made.missing[0])
    key: dict[str, Any] = {
        "kind": wanted.kind, "subject_key": order.subject, "occasion": _occasion(wanted), "store_id": order.store_id,
        "to": order.buyer_mail, "subject": made.subject, "body": made.body, "missing": made.missing,
        "door": actor.key, "headers": _headers(wanted, order.buyer_mail), "files": wanted.files,
    }  # fmt: skip
    if as_draft:
        return messaging.save_draft(actor, **key)
    seconds = undo_seconds(actor) if delay_seconds is None else delay_seconds
    return messaging.queue_message(actor, **key, delay_seconds=seconds, insist=wanted.insist)


def _headers(wanted: Wanted, address: str) -> dict[str, str]:
    """What mail programs read: how to stop mails that advertise."""
    return marks.stop_headers(address) if wanted.kind in PROMOTIONAL else {}


def _occasion(wanted: Wanted) -> str:
    return wanted.step if wanted.kind == "M06" else f"hand:{wanted.token}"


def next_reminder(order_id: int) -> str:
    """The first reminder that has not been written yet; the last one again when all were."""
    sent = set(Message.objects.filter(subject_key=f"order:{order_id}", kind="M06").values_list("occasion", flat=True))
    return next((step for step in REMINDERS if step not in sent), REMINDERS[-1])


def write_many(actor: Actor, *, order_ids: Sequence[int], wanted: Wanted) -> list[BulkResult]:
    """Write the same free mail to the buyers of several orders, each for itself (ORD-33)."""
    return [write_one(actor, order_id=pk, wanted=wanted) for pk in dict.fromkeys(order_ids)]


def write_one(actor: Actor, *, order_id: int, wanted: Wanted) -> BulkResult:
    """One order of `write_many`: what became of it, as a result and never as an error."""
    number = Order.objects.filter(pk=order_id).values_list("number", flat=True).first() or str(order_id)
    try:
        write(actor, order_id=order_id, wanted=wanted)
    except AkinaiError as error:
        return BulkResult(order_id, number, done=False, sentences=(error.sentence,))
    return BulkResult(order_id, number, done=True)


@transaction.atomic
def draft_requested(actor: Actor, *, order_id: int, kind: str, note: str, occasion: str) -> Message | None:
    """Draft a mail that a rule or blocker asked for; `note` goes into it. None for a kind nobody knows."""
    if kind not in [known.key for known in kinds]:
        return None
    facts = loading.load(order_id)
    made = compose(kind, facts, actor, staff_note=note, **values_for(kind, facts))
    return messaging.save_draft(
        actor, kind=kind, subject_key=facts.order.subject, occasion=occasion, store_id=facts.order.store_id,
        to=facts.order.buyer_mail, subject=made.subject, body=made.body, missing=made.missing,
        door=f"draft:{actor.key}",
    )  # fmt: skip


@transaction.atomic
def keep_note(actor: Actor, *, order_id: int, text: str) -> ConfirmationNote:
    """Keep what the next confirmation of this order shall say beside the plan (MAIL-10); blank takes it away."""
    if not Order.objects.filter(pk=order_id).exists():
        raise NotFound(_("There is no such order."))
    said = {"text": mask_cards(text.strip()), "at": clock.now(), "by": actor.key, "by_label": actor.label}
    note, _made = ConfirmationNote.objects.update_or_create(order_id=order_id, defaults=said)
    audit.record(actor, "notifications.note", f"order:{order_id}")
    return note
