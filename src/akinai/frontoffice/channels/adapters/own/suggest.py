"""A first guess at a mapping from the headings of a file, for a person to correct."""

from __future__ import annotations

from collections.abc import Sequence

from akinai.foundation.tabular.mapping import FieldMap, SavedMapping, Source
from akinai.foundation.tabular.table import heading_key
from akinai.frontoffice.channels.adapters.amazon_jp.mapping import MAPPING as AMAZON_JP
from akinai.frontoffice.channels.adapters.base import REQUIRED, TARGETS
from akinai.frontoffice.channels.adapters.base_shop.mapping import MAPPING as BASE
from akinai.frontoffice.channels.adapters.colorme.mapping import MAPPING as COLORME
from akinai.frontoffice.channels.adapters.eccube4.mapping import MAPPING as ECCUBE4
from akinai.frontoffice.channels.adapters.nextengine.mapping import MAPPING as NEXTENGINE
from akinai.frontoffice.channels.adapters.rakuten.mapping import MAPPING as RAKUTEN
from akinai.frontoffice.channels.adapters.shopify.mapping import MAPPING as SHOPIFY
from akinai.frontoffice.channels.adapters.yahoo.mapping import TOGETHER as YAHOO

from .hints import matches

_KNOWN = (NEXTENGINE, COLORME, BASE, ECCUBE4, RAKUTEN, SHOPIFY, YAHOO, AMAZON_JP)


def suggest(headings: Sequence[str]) -> SavedMapping:
    """For each field of ours the column some known store calls by that name, else one whose heading sounds like it.

    Each column is used once; what stores really write goes before what merely sounds alike.
    """
    here = {heading_key(heading): heading for heading in headings if heading}
    taken: set[Source] = set()
    found: dict[str, list[str]] = {}
    for look in (_found, _likely):
        for target in TARGETS:
            sources = None if target in found else look(target, here, taken)
            if sources:
                found[target] = sources
                taken.update(sources)
    fields = (
        FieldMap(target, tuple((name,) for name in found[target]), " ", required=target in REQUIRED)
        for target in TARGETS
        if target in found
    )
    return SavedMapping("", tuple(fields))


def _found(target: str, here: dict[str, str], taken: set[Source]) -> list[str] | None:
    for mapping in _KNOWN:
        for item in mapping.fields:
            if item.target != target or not item.sources:
                continue
            names = [_first(alternatives, here) for alternatives in item.sources]
            sound = [name for name in names if name is not None and name not in taken]
            if len(sound) == len(names):
                return sound
    return None


def _likely(target: str, here: dict[str, str], taken: set[Source]) -> list[str]:
    """The first free column whose heading sounds like the field."""
    found = next((name for key, name in here.items() if name not in taken and matches(target, key)), None)
    return [found] if found else []


def _first(alternatives: tuple[Source, ...], here: dict[str, str]) -> str | None:
    keys = (heading_key(name.partition("#")[0]) for name in alternatives if isinstance(name, str))
    return next((here[key] for key in keys if key in here), None)
