"""The attention list (CS-40): proposed by whoever works on orders, approved and ended by a manager."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers import permissions
from akinai.shop.customers.attention import KEYS, marks_of
from akinai.shop.customers.events import AttentionChanged
from akinai.shop.customers.models import Attention, Customer, Level
from akinai.shop.customers.types import Buyer

from .matching import WIDTHS


@transaction.atomic
def list_customer(
    actor: Actor,
    *,
    customer_id: int,
    level: str,
    reason: str,
    evidence: str = "",
    until: dt.date | None = None,
    by: Collection[str] = tuple(KEYS),
    propose_only: bool = False,
) -> Attention:
    """Put a customer on the attention list; who may not approve proposes it (an order then only gets its reason).

    With `propose_only` it is a proposal in any case, as after a second parcel that was not taken in.

    `by` names what orders are recognised by besides the customer: keys of `attention.KEYS`. `until` is the last day
    (JST). Raises BadInput without a reason or with a day that is over, NotFound. Emits AttentionChanged.
    """
    if level not in Level.values:
        raise BadInput(_("Choose a level."), field="level")
    if not reason.strip():
        raise BadInput(_("Say why, for whoever meets this customer next."), field="reason")
    if until is not None and until < clock.today():
        raise BadInput(_("Enter today or a later date."), field="until")
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound(_("This customer does not exist."))
    entry = Attention(
        customer=customer,
        level=level,
        reason=mask_cards(reason.strip()),
        evidence=mask_cards(evidence.strip()),
        until=until,
        listed_by=actor.key,
        listed_by_label=actor.label,
        **_keys(customer, by),
    )
    if actor.may(permissions.ATTENTION) and not propose_only:
        entry.approved_at, entry.approved_by, entry.approved_by_label = entry.listed_at, actor.key, actor.label
    entry.save()
    detail = {"entry": entry.pk, "level": level, "until": until, "by": sorted(by)}
    _tell(actor, "customers.listed" if entry.approved_at else "customers.proposed_for_list", entry, detail, reason)
    return entry


def _keys(customer: Customer, by: Collection[str]) -> dict[str, str]:
    marks = marks_of(Buyer(**{name: getattr(customer, name) for name in WIDTHS}))
    return {f"{key}_key": getattr(marks, key) if key in by else "" for key in KEYS}


@transaction.atomic
def approve_listing(actor: Actor, *, entry_id: int) -> Attention:
    """A manager agrees: from now on the entry has its full effect. Raises Refused if it is not a proposal any more."""
    _only_managers(actor)
    done = guarded_update(
        Attention.objects.in_force().filter(pk=entry_id, approved_at=None),
        approved_at=clock.now(), approved_by=actor.key, approved_by_label=actor.label,
    )  # fmt: skip
    if not done:
        raise Refused(_("This is no open proposal any more."))
    entry = Attention.objects.get(pk=entry_id)
    _tell(actor, "customers.listing_approved", entry, {"entry": entry.pk, "level": entry.level})
    return entry


@transaction.atomic
def end_listing(actor: Actor, *, entry_id: int, why: str) -> Attention:
    """Take an entry off the list; it stays in the books. Raises BadInput without a why, Refused if it is off already.

    Who wrote a proposal may take it back; everything else is a manager's.
    """
    entry = Attention.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("This entry does not exist."))
    if entry.approved_at is not None or entry.listed_by != actor.key:
        _only_managers(actor)
    if not why.strip():
        raise BadInput(_("Say why the entry is taken off."), field="why")
    done = guarded_update(
        Attention.objects.filter(pk=entry_id, ended_at=None),
        ended_at=clock.now(), ended_by=actor.key, ended_by_label=actor.label, ended_why=mask_cards(why.strip()),
    )  # fmt: skip
    if not done:
        raise Refused(_("This entry is off the list already."))
    entry.refresh_from_db()
    _tell(actor, "customers.unlisted", entry, {"entry": entry.pk, "level": entry.level}, why)
    return entry


def _only_managers(actor: Actor) -> None:
    if not actor.may(permissions.ATTENTION):
        raise Refused(_("Only a manager may do this with the attention list."))


def _tell(actor: Actor, action: str, entry: Attention, detail: dict[str, object], reason: str = "") -> None:
    audit.record(actor, action, f"customer:{entry.customer_id}", detail=detail, reason=reason)
    events.emit(AttentionChanged(entry.customer_id, entry.pk), actor=actor)
