"""N-16: asking a buyer whether orders shall wait for one parcel, by a link; nothing waits longer than the deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.answers import link_for
from akinai.backoffice.fulfillment.events import BundleAnswered, BundleAsked
from akinai.backoffice.fulfillment.models import Bundle
from akinai.backoffice.fulfillment.states import BundleState
from akinai.backoffice.orders.states import Cancel
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import NotFound, Refused
from akinai.shop.stores import settings
from akinai.shop.stores.declared import PUBLIC_URL

from .bundling import begin, charge, orders_of, require_allowed, settle, take_apart
from .planning import in_work
from .together import take_all

#: Who answers by the link.
BUYER = Actor("buyer", "お客様")


@transaction.atomic
def ask(actor: Actor, *, order_ids: Sequence[int], lead_id: int | None = None) -> Bundle:
    """Propose to the buyer that these orders leave in one parcel; they wait for the answer, at most until `answer_by`.

    Raises Refused where the shop has not said under which address buyers reach us, where the orders have different
    buyers, or with what forbids one parcel (ORD-53). Emits BundleAsked, on which the mail is written.
    """
    if not str(settings.value(PUBLIC_URL)).strip():
        raise Refused(_("Enter in the settings under which address buyers reach this program."))
    hours = int(settings.value(declared.ASK_ANSWER_HOURS))
    answer_by = clock.now() + dt.timedelta(hours=hours)
    made = begin(actor, order_ids, lead_id, state=BundleState.ASKED, answer_by=answer_by)
    found = orders_of(made)
    mails = {order.buyer_mail.strip().lower() for order in found}
    if len(mails) != 1 or not mails.copy().pop():
        raise Refused(_("These orders are not of one buyer with a mail address. Call them instead."))
    made.asked_to = found[0].buyer_mail
    made.until = max(made.until, clock.aware(answer_by).date())
    made.save(update_fields=["asked_to", "until"])
    settle(actor, made.pk)
    lead = made.members.get(is_lead=True).order_id
    events.emit(BundleAsked(made.pk, lead, link=link_for(made)), actor=actor)
    return made


@transaction.atomic
def answer(*, bundle_id: int, agreed: bool) -> Bundle:
    """The buyer's yes or no. The same answer again changes nothing.

    Raises NotFound, Refused when it is too late: the time is over, or the parcel is on its way.
    """
    made = Bundle.objects.filter(pk=bundle_id).first()
    if made is None or made.answer_by is None:
        raise NotFound(_("There is no such question."))
    found = take_all(sorted(made.members.values_list("order_id", flat=True)))
    made.refresh_from_db()
    if made.answered_at is not None:
        return made
    if not is_open(made) or any(in_work(order.pk) for order in found):
        raise Refused(_("The time to answer is over. The orders are sent one by one."))
    made.answered_at = clock.now()
    audit.record(BUYER, "fulfillment.answer", made.subject, detail={"agreed": agreed})
    if agreed:
        lead = next(order for order in found if order.pk == made.members.get(is_lead=True).order_id)
        require_allowed(found, lead, besides=made)
        made.state = BundleState.OPEN
        made.save(update_fields=["state", "answered_at"])
        charge(BUYER, made)
        settle(BUYER, made.pk)
    else:
        made.save(update_fields=["answered_at"])
        take_apart(BUYER, made, why=_("The buyer wants them one by one."), state=BundleState.REFUSED)
    lead_id = made.members.get(is_lead=True).order_id
    events.emit(BundleAnswered(made.pk, lead_id, agreed=agreed), actor=BUYER)
    return made


def is_open(made: Bundle) -> bool:
    """Whether the question can still be answered."""
    return made.state == BundleState.ASKED and made.answer_by is not None and clock.now() < made.answer_by


def lapse(actor: Actor) -> int:
    """Let go of everything nobody answered in time: each order ships alone, as it would have. Returns how many."""
    due = Bundle.objects.filter(state=BundleState.ASKED, answer_by__lte=clock.now()).order_by("id")
    return sum(_lapse_one(actor, pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _lapse_one(actor: Actor, bundle_id: int) -> int:
    made = Bundle.objects.get(pk=bundle_id)
    found = take_all(sorted(made.members.values_list("order_id", flat=True)))
    made.refresh_from_db()
    if made.state != BundleState.ASKED or not found:
        return 0
    if all(order.cancel == Cancel.CANCELLED for order in found):
        why = _("Cancelled with the orders.")
    else:
        why = _("No answer came in time.")
    take_apart(actor, made, why=why, state=BundleState.LAPSED)
    return 1
