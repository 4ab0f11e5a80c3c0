from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "akinai.backoffice.payments"
    label = "payments"

    def ready(self) -> None:
        from akinai.backoffice.orders import ports
        from akinai.foundation.events import subscribe

        from . import declared, events, frame, tasks
        from .services import divide_money, record_from_store, void_authorisations

        assert declared and tasks  # declared by being imported
        ports.after_placing.append(record_from_store)
        ports.after_dividing.append(divide_money)
        ports.guarantee_lost.append(void_authorisations)
        subscribe(events.BankChecked, "payments.bank_checked")
        frame.register()
