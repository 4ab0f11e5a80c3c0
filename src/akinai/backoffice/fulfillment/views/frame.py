"""What every page of shipping shows: the steps of the day with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.fulfillment import selectors


@dataclass(frozen=True, slots=True)
class Step:
    """One tab; a number means that something is to be done there."""

    key: str
    label: str
    url: str
    count: int | None = None
    is_late: bool = False


def steps(here: str) -> dict[str, Any]:
    """The context of the steps: `steps`, `here`, `flow`."""
    flow = selectors.flow()
    found = [
        Step("waiting", _("Ready to ship"), reverse("fulfillment:waiting"), flow.waiting),
        Step("batches", pgettext("step", "Batches"), reverse("fulfillment:batch_list"), flow.batches),
        Step("inspect", pgettext("step", "Inspection"), reverse("fulfillment:inspect"), flow.to_inspect),
        Step("dispatch", pgettext("step", "Dispatch"), reverse("fulfillment:dispatch"), flow.packed),
        Step("close", pgettext("step", "Close the day"), reverse("fulfillment:close")),
        Step("all", pgettext("step", "All shipments"), reverse("fulfillment:shipment_list")),
    ]
    return {"steps": found, "here": here, "flow": flow}
