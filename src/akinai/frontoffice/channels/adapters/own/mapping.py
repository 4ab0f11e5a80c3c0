"""Every other cart: a user says once which column is which, and the mapping is kept for the store."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.frontoffice.channels.adapters.base import REQUIRED, TARGETS, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.types import ReadResult


def preset(mapping: SavedMapping) -> Preset:
    """A preset that reads by a saved mapping."""

    def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
        return read_by(mapping, tables, maps)

    return Preset("own", _("My own file"), Status.GUESSED, read, mapping.headings())


def missing_targets(mapping: SavedMapping) -> list[str]:
    """Fields without which no order can be read and that the mapping does not fill; [] when it can be used."""
    filled = {f.target for f in mapping.fields if f.sources or f.constant}
    missing = [target for target in REQUIRED if target not in filled]
    return missing if {"item_code", "item_name"} & filled else [*missing, "item_code"]


def unknown_targets(mapping: SavedMapping) -> list[str]:
    """Fields of the mapping that we do not have."""
    return [f.target for f in mapping.fields if f.target not in TARGETS]
