from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "akinai.frontoffice.notifications"
    label = "notifications"

    def ready(self) -> None:
        from akinai.backoffice.fulfillment.events import BundleAsked, ParcelHeld, ShipmentDispatched
        from akinai.backoffice.orders import events as orders
        from akinai.backoffice.payments.events import BankChecked, DepositRecorded, RefundRecorded
        from akinai.backoffice.returns.events import CaseClosed, CaseOpened
        from akinai.foundation.events import subscribe
        from akinai.shop.messaging.events import MessageFailed, MessageSettled

        from . import declared, frame, kinds, permissions  # noqa: F401

        kinds.register()
        frame.register()
        subscribe(orders.OrderPlaced, "notifications.order_placed")
        subscribe(orders.OrderAccepted, "notifications.order_accepted")
        subscribe(orders.OrderEdited, "notifications.order_edited")
        subscribe(orders.OrderCancelled, "notifications.order_cancelled")
        subscribe(orders.MailDraftRequested, "notifications.mail_draft_requested")
        subscribe(DepositRecorded, "notifications.deposit_recorded")
        subscribe(BankChecked, "notifications.bank_checked")
        subscribe(RefundRecorded, "notifications.refund_recorded")
        subscribe(ShipmentDispatched, "notifications.shipment_dispatched")
        subscribe(BundleAsked, "notifications.bundle_asked")
        subscribe(CaseOpened, "notifications.case_opened")
        subscribe(CaseClosed, "notifications.case_closed")
        subscribe(ParcelHeld, "notifications.parcel_held")
        subscribe(MessageFailed, "notifications.note_delivery")
        subscribe(MessageSettled, "notifications.note_delivery")
