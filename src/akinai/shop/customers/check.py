"""Proof that merges agree: what `akinai check` asks of customers. No line means that all is well."""

from __future__ import annotations

from collections.abc import Iterator

from .models import Customer


def violations() -> Iterator[str]:
    """One line for each merged customer whose answering customer is not where the merges lead (AN-10)."""
    rows = Customer.objects.exclude(merged_into=None, joined_to=None).values_list("pk", "joined_to", "merged_into")
    joined = {pk: to for pk, to, _target in rows}
    for pk, to, target in rows:
        end, steps = to, 0
        while end in joined and steps <= len(joined):
            end, steps = joined[end], steps + 1
        if end != target:
            yield f"AN-10 customer {pk}: merges lead to {end}, but {target} answers"
