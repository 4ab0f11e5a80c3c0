from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "akinai.backoffice.fulfillment"
    label = "fulfillment"

    def ready(self) -> None:
        from akinai.backoffice.orders import events as orders
        from akinai.foundation import events

        from . import declared, permissions, registered, subscribers, tasks  # noqa: F401

        for kind in (orders.OrderCleared, orders.OrderBlocked, orders.OrderEdited, orders.OrderCancelled):
            events.subscribe(kind, subscribers.replan.name)
        registered.register()
