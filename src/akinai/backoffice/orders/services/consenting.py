"""同意: the buyer's word for a higher amount, asked for and written down (ORD-42)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.events import OrderEdited
from akinai.backoffice.orders.models import Consent, Hold, Order
from akinai.backoffice.orders.states import ConsentBy, HoldKind
from akinai.backoffice.orders.types import ConsentDraft
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.money import yen
from akinai.foundation.core.text import mask_cards

from .guarding import NOT_CANCELLED, NOT_HISTORY, take
from .refreshing import refresh


@transaction.atomic
def record_consent(actor: Actor, *, order_id: int, consent: ConsentDraft, seen_version: int | None = None) -> Order:
    """Write down that the buyer agreed to what the order now costs; the hold `consent` opens (ORD-42).

    Raises BadInput for an unknown way, a day in the future, or nobody named. Emits OrderEdited (`consent`), on which
    the confirmation that waited for it goes out.
    """
    check_consent(consent)
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    keep_consent(actor, order, consent)
    events.emit(OrderEdited(order.pk, order.number, order.edition, what="consent"), actor=actor)
    refresh(actor, [order])
    return order


def check_consent(consent: ConsentDraft) -> None:
    """Raise BadInput unless it says how, when and who."""
    if consent.how not in ConsentBy.values:
        raise BadInput(_("Choose how the buyer agreed."), field="consent_how")
    if consent.agreed_on > clock.today():
        raise BadInput(_("This date is in the future."), field="consent_on")
    if not consent.said_by.strip():
        raise BadInput(_("Enter who agreed."), field="consent_by")


def keep_consent(actor: Actor, order: Order, consent: ConsentDraft) -> Consent:
    """Write the consent down for the total as it stands and close the hold that waits for it; the caller refreshes."""
    made = Consent.objects.create(
        order=order, edition=order.edition, total=order.total, how=consent.how, agreed_on=consent.agreed_on,
        said_by=mask_cards(consent.said_by.strip())[:200], note=mask_cards(consent.note.strip()), at=clock.now(),
        by=actor.key, by_label=actor.label,
    )  # fmt: skip
    order.holds.filter(kind=HoldKind.CONSENT, closed_at__isnull=True).update(closed_at=clock.now(), closed_by=actor.key)
    detail = {"how": consent.how, "on": consent.agreed_on, "total": order.total, "said_by": made.said_by}
    audit.record(actor, "orders.consent", order.subject, detail=detail, reason=made.note)
    return made


def ask_for_consent(actor: Actor, order: Order, more: int) -> None:
    """Open the hold `consent` (or say the new difference on the one that is open); the caller refreshes."""
    said = _("%(amount)s yen more than before") % {"amount": yen(more)}
    open_ones = Hold.objects.filter(order=order, kind=HoldKind.CONSENT, closed_at__isnull=True)
    if not open_ones.update(reason=said):
        Hold.objects.create(order=order, kind=HoldKind.CONSENT, reason=said, opened_at=clock.now(), opened_by=actor.key)
    audit.record(actor, "orders.hold", order.subject, detail={"kind": HoldKind.CONSENT.value}, reason=said)


def drop_question(actor: Actor, order: Order) -> None:
    """Close the hold `consent` where the order costs no more than the buyer last agreed to; the caller refreshes."""
    open_ones = Hold.objects.filter(order=order, kind=HoldKind.CONSENT, closed_at__isnull=True)
    if not open_ones.exists():
        return
    last = order.consents.order_by("-id").values_list("total", flat=True).first()
    first = order.versions.filter(edition=1).values_list("after", flat=True).first() or {}
    agreed = last if last is not None else first.get("total")
    if agreed is not None and order.total <= agreed:
        open_ones.update(closed_at=clock.now(), closed_by=actor.key)
        audit.record(actor, "orders.release_hold", order.subject, detail={"kind": HoldKind.CONSENT.value})
