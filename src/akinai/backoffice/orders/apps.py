from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "akinai.backoffice.orders"
    label = "orders"

    def ready(self) -> None:
        """Say what orders add to the frame: rail, search, actions; declare events, settings and tasks."""

        from django.db.models.signals import post_migrate

        from akinai.foundation.events import subscribe
        from akinai.foundation.jobs.progress import titles
        from akinai.shop.customers.events import AttentionChanged
        from akinai.shop.stores import revisions

        from . import declared, events, frame, models, search, subscribers, tasks  # noqa: F401  # declare their names
        from .rules import judging

        titles.update(frame.JOB_TITLES)
        frame.register()
        search.INDEX.kept_by(self)
        subscribe(AttentionChanged, subscribers.heed_attention.name)
        subscribe(events.OrderEdited, subscribers.rules_on_edit.name)
        subscribe(events.OrderChanged, subscribers.rules_on_change.name)
        revisions.watch(judging.SCOPE, models.Rule)
        post_migrate.connect(judging.begin, sender=self)
        for scope in ("stores", "settings", "terms"):
            revisions.listen(scope, tasks.rederive_later)
