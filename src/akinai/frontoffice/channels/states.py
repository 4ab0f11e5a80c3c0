"""Words stored in the rows of imports, with what people read for each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    """How far an import is. `refused`: nothing of the file could be read, so there is nothing to take in."""

    CHECKING = "checking", pgettext_lazy("import", "Being read")
    CHECKED = "checked", pgettext_lazy("import", "Read, not taken in")
    RUNNING = "running", pgettext_lazy("import", "Being taken in")
    DONE = "done", pgettext_lazy("import", "Taken in")
    REFUSED = "refused", pgettext_lazy("import", "Not readable")


class Outcome(models.TextChoices):
    """What an order of a file becomes, or became (ORD-32, ORD-34)."""

    CREATED = "created", pgettext_lazy("import", "New order")
    HISTORY = "history", pgettext_lazy("import", "History")
    UNCHANGED = "unchanged", pgettext_lazy("import", "Known already")
    PAID = "paid", pgettext_lazy("import", "Newly paid")
    CANCELLED = "cancelled", pgettext_lazy("import", "Cancelled at the store")
    CHANGED = "changed", pgettext_lazy("import", "Changed at the store")
    WORD = "word", pgettext_lazy("import", "A word is unknown")
    REFUSED = "refused", pgettext_lazy("import", "Cannot be read")


#: Outcomes with which nothing of the order was stored; a person mends the row or says what the word means.
LEFT = (Outcome.WORD, Outcome.REFUSED)


class Word(models.TextChoices):
    """Fields whose words a store writes in its own way; the keys are the fields of presets."""

    PAYMENT = "payment_word", _("Payment method")
    DELIVERY = "delivery_word", _("Delivery method")
    WINDOW = "wish_window", _("Wished delivery time")


#: Tone and icon of each outcome.
LOOKS: dict[str, tuple[str, str]] = {
    Outcome.CREATED: ("ok", "circle-plus"),
    Outcome.HISTORY: ("wait", "history"),
    Outcome.UNCHANGED: ("wait", "circle-minus"),
    Outcome.PAID: ("ok", "cash"),
    Outcome.CANCELLED: ("warn", "hand-stop"),
    Outcome.CHANGED: ("act", "refresh"),
    Outcome.WORD: ("warn", "tag"),
    Outcome.REFUSED: ("stop", "alert-octagon"),
}
STATE_LOOKS: dict[str, tuple[str, str]] = {
    RunState.CHECKING: ("wait", "loader"),
    RunState.CHECKED: ("act", "eye"),
    RunState.RUNNING: ("wait", "loader"),
    RunState.DONE: ("ok", "circle-check"),
    RunState.REFUSED: ("stop", "alert-octagon"),
}
