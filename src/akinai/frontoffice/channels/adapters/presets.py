"""All presets by key, in the order a person is offered them."""

from __future__ import annotations

from .amazon_jp.mapping import PRESET as AMAZON_JP
from .base import Preset
from .base_shop.mapping import PRESET as BASE
from .colorme.mapping import PRESET as COLORME
from .eccube4.mapping import PRESET as ECCUBE4
from .nextengine.mapping import PRESET as NEXTENGINE
from .rakuten.mapping import PRESET as RAKUTEN
from .shopify.mapping import PRESET as SHOPIFY
from .yahoo.mapping import PRESET as YAHOO

PRESETS: dict[str, Preset] = {
    preset.key: preset for preset in (NEXTENGINE, RAKUTEN, SHOPIFY, COLORME, BASE, ECCUBE4, YAHOO, AMAZON_JP)
}
