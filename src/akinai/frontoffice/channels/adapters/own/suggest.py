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

_KNOWN = (NEXTENGINE, COLORME, BASE, ECCUBE4, RAKUTEN, SHOPIFY, YAHOO, AMAZON_JP)


def suggest(headings: Sequence[str]) -> SavedMapping:
    """For each field of ours the column some known store calls by that name; each column is used once."""
    here = {heading_key(heading): heading for heading in headings if heading}
    taken: set[Source] = set()
    fields: list[FieldMap] = []
    for target in TARGETS:
        sources = _found(target, here, taken)
        if sources is not None:
            fields.append(FieldMap(target, tuple((name,) for name in sources), " ", required=target in REQUIRED))
            taken.update(sources)
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


def _first(alternatives: tuple[Source, ...], here: dict[str, str]) -> str | None:
    keys = (heading_key(name.partition("#")[0]) for name in alternatives if isinstance(name, str))
    return next((here[key] for key in keys if key in here), None)
