"""Events that make mails, and mails whose fate an order must know. One job an event and subscriber."""

from __future__ import annotations

from akinai.backoffice.fulfillment.events import BundleAsked, ParcelHeld, ShipmentDispatched
from akinai.backoffice.orders.events import MailDraftRequested, OrderAccepted, OrderCancelled, OrderEdited, OrderPlaced
from akinai.backoffice.payments.events import BankChecked, DepositRecorded, RefundRecorded
from akinai.backoffice.returns.events import CaseClosed, CaseOpened
from akinai.foundation import events
from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import task
from akinai.shop.messaging.events import MessageEvent

from . import services
from .facts import order_id_of


@task(name="notifications.order_placed")
def order_placed(event_id: int) -> None:
    """T01 → M01, M02."""
    heard = events.load(event_id, OrderPlaced)
    services.on_placed(heard.actor, order_id=heard.event.order_id)


@task(name="notifications.order_accepted")
def order_accepted(event_id: int) -> None:
    """T04 → M03 with M04 or M08."""
    heard = events.load(event_id, OrderAccepted)
    services.on_accepted(heard.actor, order_id=heard.event.order_id)


@task(name="notifications.order_edited")
def order_edited(event_id: int) -> None:
    """T23 → M03 変更後."""
    heard = events.load(event_id, OrderEdited)
    services.on_edited(heard.actor, order_id=heard.event.order_id, what=heard.event.what)


@task(name="notifications.order_cancelled")
def order_cancelled(event_id: int) -> None:
    """T05, T21 → M12."""
    heard = events.load(event_id, OrderCancelled)
    services.on_cancelled(heard.actor, order_id=heard.event.order_id)


@task(name="notifications.deposit_recorded")
def deposit_recorded(event_id: int) -> None:
    """T06 → M05."""
    heard = events.load(event_id, DepositRecorded)
    services.on_deposit(heard.actor, order_id=heard.event.order_id, entry_id=heard.event.entry_id)


@task(name="notifications.refund_recorded")
def refund_recorded(event_id: int) -> None:
    """T26 → M11."""
    heard = events.load(event_id, RefundRecorded)
    services.on_refund(heard.actor, order_id=heard.event.order_id, entry_id=heard.event.entry_id)


@task(name="notifications.shipment_dispatched")
def shipment_dispatched(event_id: int) -> None:
    """T15 → M07."""
    heard = events.load(event_id, ShipmentDispatched)
    services.on_dispatched(heard.actor, shipment_id=heard.event.shipment_id, order_id=heard.event.order_id)


@task(name="notifications.bundle_asked")
def bundle_asked(event_id: int) -> None:
    """N-16 → the question to the buyer."""
    heard = events.load(event_id, BundleAsked)
    services.on_bundle_asked(heard.actor, bundle_id=heard.event.bundle_id, link=heard.event.link)


@task(name="notifications.case_opened")
def case_opened(event_id: int) -> None:
    """T24 → M13."""
    heard = events.load(event_id, CaseOpened)
    services.on_case_opened(heard.actor, case_id=heard.event.case_id)


@task(name="notifications.case_closed")
def case_closed(event_id: int) -> None:
    """A case that is over stops its instructions."""
    heard = events.load(event_id, CaseClosed)
    services.on_case_closed(heard.actor, order_id=heard.event.order_id)


@task(name="notifications.parcel_held")
def parcel_held(event_id: int) -> None:
    """ORD-76: kept at the depot → M10b."""
    heard = events.load(event_id, ParcelHeld)
    services.on_held(heard.actor, shipment_id=heard.event.shipment_id, kept_until=heard.event.kept_until)


@task(name="notifications.mail_draft_requested")
def mail_draft_requested(event_id: int) -> None:
    """Somebody below wants a mail drafted."""
    heard = events.load(event_id, MailDraftRequested)
    event = heard.event
    services.draft_requested(
        heard.actor, order_id=event.order_id, kind=event.kind, note=event.note, occasion=f"draft:{event_id}"
    )


@task(name="notifications.note_delivery")
def note_delivery(event_id: int) -> None:
    """A mail got stuck or its failure was answered: the order shows it (R19)."""
    heard = events.load(event_id)
    assert isinstance(heard.event, MessageEvent)
    order_id = order_id_of(heard.event.about)
    if order_id is not None:
        services.note_delivery(job_actor("notifications.note_delivery"), order_id=order_id)


@task(name="notifications.bank_checked", transactional=False)
def bank_checked(event_id: int) -> None:
    """PAY-6: the reminders that waited for somebody to look at the account."""
    events.load(event_id, BankChecked)
    services.remind(job_actor("notifications.remind"))
