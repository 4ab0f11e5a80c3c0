"""What every page of shipping shows: the steps of the day with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.fulfillment import permissions, selectors
from akinai.foundation.core.http import AkinaiRequest


@dataclass(frozen=True, slots=True)
class Step:
    """One tab; a number means that something is to be done there."""

    key: str
    label: str
    url: str
    count: int | None = None
    is_late: bool = False


def steps(request: AkinaiRequest, here: str) -> dict[str, Any]:
    """The context of the steps: `steps`, `here`, `flow`, and whether the reader may do more than look."""
    flow, may_work = selectors.flow(), request.actor.may(permissions.WORK)
    found = [
        Step("waiting", _("Ready to ship"), reverse("fulfillment:waiting"), flow.waiting),
        Step("batches", pgettext("step", "Batches"), reverse("fulfillment:batch_list"), flow.batches),
        Step("inspect", pgettext("step", "Inspection"), reverse("fulfillment:inspect"), flow.to_inspect),
        Step("dispatch", pgettext("step", "Dispatch"), reverse("fulfillment:dispatch"), flow.packed),
        Step("close", pgettext("step", "Close the day"), reverse("fulfillment:close")),
        Step("together", pgettext("step", "Shared parcels"), reverse("fulfillment:bundle_list")),
        Step("all", pgettext("step", "All shipments"), reverse("fulfillment:shipment_list")),
    ]
    shown = [step for step in found if may_work or step.key != "inspect"]
    return {"steps": shown, "here": here, "flow": flow, "may_work": may_work}
