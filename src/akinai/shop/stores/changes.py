"""Changing a row of settings: checked, saved, and told to the audit log as before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards


def save_row(actor: Actor, action: str, row: models.Model, changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the fields named in `changes` on a new or kept row, check and save it, and record the deed.

    Returns field → [before, after] of what differs; where nothing differs nothing is written. Raises BadInput with
    the field that cannot be used. Free text is kept without card numbers (PAY-4). Call it in a transaction.
    """
    is_new = row._state.adding
    different: dict[str, list[Any]] = {}
    for name, wanted in changes.items():
        field = row._meta.get_field(name)
        assert isinstance(field, models.Field)
        before = getattr(row, field.attname)
        setattr(row, name, mask_cards(wanted) if isinstance(field, models.TextField) else wanted)
        if is_new or getattr(row, field.attname) != before:
            different[name] = [None if is_new else before, getattr(row, field.attname)]
    if different:
        _check(row)
        row.save()
        audit.record(actor, action, subject_of(row), detail=different)
    return different


def delete_row(actor: Actor, action: str, row: models.Model) -> None:
    """Delete a row of settings and record what it said. Call it in a transaction."""
    subject = subject_of(row)
    said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    row.delete()
    audit.record(actor, action, subject, detail=said)


def subject_of(row: models.Model) -> str:
    """How the audit log names a row, such as `store:3`."""
    return f"{row._meta.model_name}:{row.pk}"


def _check(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field="" if field == "__all__" else field) from error
