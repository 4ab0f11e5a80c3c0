"""What can be wrong with an order of a file once the house looks at it; beyond what presets say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import ERROR, WARNING
from akinai.foundation.tabular.problems import declare

declare(
    {
        "unknown_payment": (
            ERROR,
            _("Nobody knows the payment method “%(value)s”. Say what it means, then the order comes in."),
        ),
        "unknown_delivery": (
            ERROR,
            _("Nobody knows the delivery method “%(value)s”. Say what it means, then the order comes in."),
        ),
        "not_an_order": (ERROR, "%(sentence)s"),
        "not_stored": (
            ERROR,
            _("The database refused this order. Compare its row with the others, or enter it by hand."),
        ),
        "cancel_not_asked": (
            WARNING,
            _("The buyer asked the store to cancel, but here it is too late: %(sentence)s"),
        ),
    }
)
