from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "akinai.backoffice.returns"
    label = "returns"

    def ready(self) -> None:
        """Declare names; hear of parcels that come back, of refunds, and of parcels that left again."""
        from akinai.backoffice.fulfillment.events import ParcelReturning
        from akinai.backoffice.orders import ports
        from akinai.backoffice.payments.events import RefundRecorded
        from akinai.foundation import events

        from . import declared, frame, permissions, subscribers, tasks  # noqa: F401
        from .events import CaseOpened  # noqa: F401
        from .services import obstacles_to_unship

        events.subscribe(ParcelReturning, subscribers.parcel_returning.name)
        events.subscribe(RefundRecorded, subscribers.refund_recorded.name)
        ports.obstacles_to_unship.append(obstacles_to_unship)
        frame.register()
