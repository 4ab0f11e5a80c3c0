"""The question whether orders of one buyer shall leave in one parcel (N-16)."""

from __future__ import annotations

from akinai.backoffice.fulfillment import bundles
from akinai.backoffice.fulfillment.states import BundleState
from akinai.foundation.core.actor import Actor
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications.spelling import listed
from akinai.shop.messaging.models import Message

from .automatic import to_buyer


def on_bundle_asked(actor: Actor, *, bundle_id: int, link: str) -> list[Message]:
    """Ask the buyer of the leading order; nothing if the question is no longer open."""
    made = bundles.bundle_by_id(bundle_id)
    if made.state != BundleState.ASKED:
        return []
    found = bundles.in_bundle(made)
    saved, delay = bundles.saved_by(found), bundles.delay_days(found)
    facts = loading.load(found[0].pk)
    with facts.speaking():
        numbers = listed([order.store_number for order in found])
    return to_buyer(
        actor, "BUNDLE", facts, f"bundle:{made.pk}", delay=0, order_numbers=numbers, saved=saved or "",
        days_later=delay or "", answer_url=link, answer_by=made.answer_by,
    )  # fmt: skip
