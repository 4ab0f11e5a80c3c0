"""Foreign keys point down the same way as imports; an import check cannot see `"app.Model"` strings."""

from __future__ import annotations

from django.apps import apps

from .layers import ranks


def _place(module: str) -> str:
    return ".".join(module.split(".")[1:3])


def test_foreign_keys_point_down() -> None:
    order, wrong = ranks(), []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("akinai."):
            continue
        here = _place(model.__module__)
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if target is None or isinstance(target, str) or not target.__module__.startswith("akinai."):
                continue
            there = _place(target.__module__)
            if here != there and not order[here] < order[there]:
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__} ({here} → {there})")
    assert wrong == []


def test_below_accounts_nobody_has_a_key_to_staff() -> None:
    """People are text keys there, so that what they did outlives their account."""
    order, wrong = ranks(), []
    for model in apps.get_models():
        here = _place(model.__module__)
        if not model.__module__.startswith("akinai.foundation.") or here == "foundation.accounts":
            continue
        assert here in order
        for field in model._meta.get_fields():
            target = None if field.auto_created else field.related_model
            if target is not None and getattr(target, "__module__", "").startswith("akinai.foundation.accounts"):
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_every_installed_app_has_its_place() -> None:
    order = ranks()
    ours = [c.name.removeprefix("akinai.") for c in apps.get_app_configs() if c.name.startswith("akinai.")]
    assert [name for name in ours if name not in order] == []
