"""Forms of stock work. Receiving and correcting are sent to `orders`, which serves waiting orders first."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akinai.foundation.accounts.forms import SpokenForm

from .services.correct import MOST
from .states import ADJUST_REASONS, BLOCK_REASONS, RECEIVE_REASONS, Reason


def _choices(reasons: tuple[Reason, ...]) -> list[tuple[str, object]]:
    return [(reason.value, reason.label) for reason in reasons]


class _StockForm(SpokenForm):
    """A reason and a note are asked for with every change."""

    note = forms.CharField(label=_("Note"), max_length=255, required=False)


class ReceiveForm(_StockForm):
    """Goods in."""

    prefix = "receive"
    quantity = forms.IntegerField(label=_("Pieces received"), min_value=1, max_value=MOST)
    reason = forms.ChoiceField(label=_("Reason"), choices=_choices(RECEIVE_REASONS))
    field_order = ("quantity", "reason", "note")


class CorrectForm(_StockForm):
    """What was counted."""

    prefix = "correct"
    counted = forms.IntegerField(label=_("Counted pieces"), min_value=0, max_value=MOST)
    reason = forms.ChoiceField(label=_("Reason"), choices=_choices(ADJUST_REASONS))
    field_order = ("counted", "reason", "note")


class BlockForm(_StockForm):
    """Set aside, or take back."""

    prefix = "block"
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=MOST)
    reason = forms.ChoiceField(label=_("Reason"), choices=_choices(BLOCK_REASONS))
    field_order = ("quantity", "reason", "note")
