"""The page of all parts, for those who build pages and for pictures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.safestring import SafeString

from akinai.foundation.core import clock

from . import html, kit_words, registry
from .columns import Column, Preset
from .filters import ChoiceFilter, FlagFilter, RangeFilter
from .models import SavedView
from .tables import Table
from .toasts import Toast
from .types import JobProgress, ResultRow

_WAITING = ("awaiting_payment", "awaiting_stock", "awaiting_date", "hold", "awaiting_settlement", "cancelled")


def words() -> dict[str, str]:
    """The samples in the reader's language."""
    return kit_words.JA if html.is_japanese() else kit_words.EN


def _word(key: str) -> Promise:
    """A sample as a label, in the language of whoever reads it."""
    return cast(Promise, lazy(lambda: words()[key], str)())


registry.actions.add(
    registry.Action(
        "ui.kit_demo", _word("next"), "", url_name="ui:kit", bulk=True, icon="check", key_letter="c", primary=True
    ),
    registry.Action(
        "ui.kit_stop", _word("cancel"), "", url_name="ui:kit", bulk=True, danger=True, confirm="取り消しますか?"
    ),
)


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An invented order."""

    pk: int
    number: str
    tone: str
    promise: str
    who: str
    total: int
    why: tuple[tuple[str, str, str], ...]


def sample_rows() -> list[SampleRow]:
    """Twelve invented orders."""
    w = words()
    names = ("森本 健", "高橋 由美子", "(株)あおば商店", "中島 裕子", "石川 大輔", "佐々木 綾乃")
    tones = (("stop", w["late"]), ("warn", w["soon"]), ("warn", w["soon"]), ("wait", w["tomorrow"]))
    whys = (
        (("stop", w["short"], "packages"),),
        (("act", w["remark"], "message-2"), ("warn", w["address"], "map-pin")),
        (("act", w["remark"], "message-2"),),
    )
    return [
        SampleRow(i, f"UW-{10438 + i * 7}", *tones[min(i // 2, 3)], names[i % 6], 13200 - i * 820, whys[i % 3])
        for i in range(12)
    ]


class KitTable(Table):
    """A list of invented orders, so that the list can be seen without a shop."""

    key = "kit"
    bulk = ("ui.kit_demo", "ui.kit_stop")
    label = "kit"
    columns = (
        Column("number", _word("number"), css="ak-cw-m", sort="number", fixed=True),
        Column("promise", _word("promise"), css="ak-cw-l"),
        Column("who", _word("who"), css="ak-cut", wide=True),
        Column("total", _word("total"), css="ak-num ak-cw-m", sort="total"),
        Column("why", _word("why"), css="ak-cut", wide=True),
    )
    filters = (
        ChoiceFilter("store", _word("who"), lambda: (("1", "A"), ("2", "B")), "store"),
        RangeFilter("placed", _word("day"), "placed_at"),
        FlagFilter("gift", _word("gift"), lambda rows: rows),
    )
    presets = (Preset("noon", _word("noon"), {"due": "noon"}, "clock-exclamation", lambda actor: 14),)

    @cached_property
    def matching(self) -> Any:
        rows = sample_rows()
        field = self.sort.removeprefix("-")
        return sorted(rows, key=lambda r: getattr(r, field), reverse=self.sort.startswith("-")) if field else rows

    def row_url(self, row: Any) -> str:
        return reverse("ui:kit")

    def row_name(self, row: Any) -> str:
        return str(row.number)

    def cell_number(self, row: Any) -> SafeString:
        return html.link(self.row_url(row), row.number)

    def cell_promise(self, row: Any) -> SafeString:
        icons = {"stop": "alert-octagon", "warn": "clock-exclamation", "wait": "clock"}
        return html.badge(row.tone, row.promise, icons[row.tone], plain=True)

    def cell_total(self, row: Any) -> SafeString:
        return html.yen(row.total)

    def cell_why(self, row: Any) -> SafeString:
        return SafeString(" ".join(html.badge(tone, label, icon) for tone, label, icon in row.why))


class KitForm(forms.Form):
    """One field of each kind."""

    tracking = forms.CharField(max_length=20)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.IntegerField(required=False)
    pay = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    gift = forms.BooleanField(required=False)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        w = words()
        for name, field in self.fields.items():
            field.label = w[name]
        self.fields["note"].help_text = w["note_help"]
        pay = self.fields["pay"]
        assert isinstance(pay, forms.ChoiceField)
        pay.choices = [("bank", w["bank"]), ("cod", w["cod"])]

    def clean_tracking(self) -> str:
        """Never right, to show what a refusal looks like."""
        raise forms.ValidationError(words()["wrong"])


def sample_job() -> JobProgress:
    """Work that never ends."""
    kit = reverse("ui:kit")
    rest = dt.timedelta(seconds=80)
    return JobProgress(words()["slips"], "running", f"{kit}?job=1", 742, 1000, 3, rest=rest, cancel_url=kit)


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the page draws."""
    w = words()
    now = clock.now()
    rows = (
        ResultRow("bad", "UW-10452", w["no_house"], "#", w["fix"], "#"),
        ResultRow("bad", "UW-10480", w["island"], "#", w["fix"], "#"),
        ResultRow("good", "UW-10481", w["save"]),
    )
    kit = reverse("ui:kit")
    return {
        "words": w,
        "queues": [
            (w["ours"], ("new", "check", "ready")),
            (w["theirs"], _WAITING),
            (w["flowing"], ("preparing", "shipped", "done")),
            (w["stop"], ("stopped",)),
        ],
        "amount": 9020,
        "past": now - dt.timedelta(minutes=38),
        "soon": now + dt.timedelta(hours=2, minutes=10),
        "shown_toasts": [Toast(w["toast"], "ok", kit, 161)],
        "job": sample_job(),
        "finished": JobProgress(w["slips"], "done", kit, 1000, 1000, 2, rows=rows),
        "list": KitTable.for_request(request, SavedView.objects.none()),
    }
