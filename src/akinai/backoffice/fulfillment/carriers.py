"""Which carriers' files we can write and read. A new one is an adapter and a row here: docs/how-to/add-a-carrier.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import Sentence
from akinai.shop.stores import settings
from akinai.shop.terms import declared
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.tracking import check
from akinai.shop.terms.types import CarrierTerms

from .adapters.yamato_b2.adapter import YamatoB2
from .adapters.yamato_b2.settings import B2Settings
from .models import CarrierContract
from .ports import CarrierFile

Config = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Adapter:
    """A carrier's own program: its name for people, whose it is, and how our side of it is made from the contract."""

    code: str
    label: Sentence
    carrier: str
    file_prefix: str
    build: Callable[[CarrierTerms, Config], CarrierFile]


def _yamato_b2(carrier: CarrierTerms, config: Config) -> CarrierFile:
    windows = terms.snapshot().windows.get(carrier.code, {})
    own = B2Settings.from_config(config, windows=windows, noon=settings.value(declared.NOON_WINDOW))
    return YamatoB2(own, partial(check, mode=carrier.tracking_check))


ADAPTERS: dict[str, Adapter] = {
    adapter.code: adapter for adapter in (Adapter("yamato_b2", _("Yamato B2 Cloud"), "yamato", "B2", _yamato_b2),)
}


def config_of(adapter: Adapter) -> dict[str, Any]:
    """What the shop entered for this carrier; {} before anybody did."""
    row = CarrierContract.objects.filter(carrier__code=adapter.carrier).first()
    return dict(row.config) if row else {}


def connect(adapter: Adapter, config: Config) -> CarrierFile:
    """The adapter with the shop's settings in it."""
    return adapter.build(terms.snapshot().carriers[adapter.carrier], config)
