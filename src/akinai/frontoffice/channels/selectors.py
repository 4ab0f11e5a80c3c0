"""Reading imports, mappings and what stores mean by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.errors import NotFound
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.models import Store
from akinai.shop.stores.states import StoreKind
from akinai.shop.terms import selectors as terms

from .adapters.base import Preset, ValueMaps
from .adapters.own import mapping as own_mapping
from .adapters.presets import PRESETS
from .drafting import StoreRules
from .models import ColumnMapping, ImportResult, ImportRun, StoreAnswers, ValueMapping
from .states import RunState
from .storing import storable
from .uploads import Change, Fault, Upload

#: The key of "my own file".
OWN = "own"
#: Presets whose files come from many carts, so that the first import asks who sends mails (MAIL-13).
ASKING = frozenset({"nextengine", OWN})
_CHUNK = 500


def run(run_id: int) -> ImportRun:
    """An import with its store; raises NotFound."""
    found = ImportRun.objects.select_related("store").filter(pk=run_id).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def runs() -> QuerySet[ImportRun]:
    """Every import, the newest first, without what was found in it."""
    return ImportRun.objects.select_related("store").defer("mapping", "report")


def unfinished() -> QuerySet[ImportRun]:
    """Imports with orders that could not come in, and which nobody has put aside; for Today's notice."""
    return runs().filter(refused__gt=0, dismissed_at__isnull=True, state__in=[RunState.DONE, RunState.REFUSED])


def uploads(run: ImportRun) -> list[Upload]:
    """The files of an import as they came."""
    return [Upload(f.name, bytes(f.content)) for f in run.files.all()]


def changes(run: ImportRun) -> list[Change]:
    """The corrections people made, in their order."""
    rows = run.corrections.values_list("file", "row", "column", "new", "removed")
    return [Change(*row) for row in rows]


def results(run: ImportRun) -> QuerySet[ImportResult]:
    """What became of each order, what needs a person first."""
    return run.results.select_related("order")


def faults(run: ImportRun) -> list[Fault]:
    """Everything that is wrong with the files, in the reader's language."""
    names = list(run.files.values_list("name", flat=True))
    return [Fault.from_json(stored, names) for stored in run.report.get("faults", [])]


def preset_of(run: ImportRun) -> Preset:
    """The preset an import is read by."""
    if run.preset == OWN:
        return own_mapping.preset(SavedMapping.from_json(run.mapping))
    return preset(run.preset)


def preset(key: str) -> Preset:
    """The preset of that key; raises NotFound."""
    if key not in PRESETS:
        raise NotFound(_("There is no preset called %(key)s.") % {"key": key})
    return PRESETS[key]


def mapping(store: Store, name: str) -> ColumnMapping:
    """A saved mapping of a store; raises NotFound."""
    found = ColumnMapping.objects.filter(store=store, name=name).first()
    if found is None:
        raise NotFound(_("This store has no mapping called %(name)s.") % {"name": name})
    return found


def mappings(store: Store) -> list[ColumnMapping]:
    """The saved mappings of a store."""
    return list(ColumnMapping.objects.filter(store=store))


def value_maps(store: Store | None) -> ValueMaps:
    """What the store means by its words: field → word → code."""
    found: dict[str, dict[str, str]] = {}
    if store is not None:
        for field, raw, code in ValueMapping.objects.filter(store=store).values_list("field", "raw", "code"):
            found.setdefault(field, {})[raw] = code
    return found


def vouched(store: Store | None) -> dict[str, bool]:
    """For which payment methods the store vouches, as far as somebody has answered."""
    if store is None:
        return {}
    row = StoreAnswers.objects.filter(store=store).first()
    return dict(row.vouched) if row else {}


def rules(store: Store | None) -> StoreRules:
    """What orders of a store's files are judged by; for a dry run without a store, a plain one."""
    guaranteed = frozenset(code for code, yes in vouched(store).items() if yes)
    return StoreRules(
        store=store or Store(pk=0, kind=StoreKind.OWN),
        terms=terms.snapshot(),
        price_basis=stores.shop().price_basis,
        guaranteed=guaranteed,
    )


def judge(rules: StoreRules) -> Judge:
    """What drafts are refused by; for a dry run without a store it counts as one of ours."""
    found = Judge.load()
    if rules.store.pk in found.stores.stores:
        return found
    with_it = replace(found.stores, stores={**found.stores.stores, rules.store.pk: rules.store})
    return replace(found, timetable=replace(found.timetable, stores=with_it))


def known_orders(store: Store | None, numbers: Sequence[str]) -> dict[str, Order]:
    """The orders of a store with these numbers of the store."""
    found: dict[str, Order] = {}
    if store is None:
        return found
    wanted = [number for number in numbers if storable(number) == number]
    for start in range(0, len(wanted), _CHUNK):
        rows = Order.objects.filter(store=store, store_number__in=wanted[start : start + _CHUNK])
        found.update((order.store_number, order) for order in rows)
    return found


def asks_who_mails(run: ImportRun) -> bool:
    """True while nobody has said who sends the mails of a store whose file does not tell (MAIL-13)."""
    return run.store is not None and run.preset in ASKING and not run.store.mail_senders


def asks_to_vouch(run: ImportRun) -> dict[str, int]:
    """Payment methods of this file of which nobody has said whether the store vouches, with how many orders."""
    answered = vouched(run.store)
    return {code: n for code, n in run.report.get("vouch", {}).items() if code not in answered}


def store_of(store_id: int) -> Store:
    """The store with this key; raises NotFound."""
    return stores.store_by_id(store_id)


@dataclass(frozen=True, slots=True)
class SaidByStore:
    """What one store has said about its files."""

    store: Store
    mappings: list[ColumnMapping]
    words: list[ValueMapping]
    vouched: list[tuple[str, str, bool]]


def said_by_stores() -> list[SaidByStore]:
    """What every store has said, in four queries."""
    columns: dict[int, list[ColumnMapping]] = {}
    for mapping in ColumnMapping.objects.all():
        columns.setdefault(mapping.store_id, []).append(mapping)
    words: dict[int, list[ValueMapping]] = {}
    for word in ValueMapping.objects.all():
        words.setdefault(word.store_id, []).append(word)
    answers = {row.store_id: row.vouched for row in StoreAnswers.objects.all()}
    methods = terms.snapshot().methods
    return [
        SaidByStore(
            store,
            columns.get(store.pk, []),
            words.get(store.pk, []),
            [(code, methods[code].name, yes) for code, yes in answers.get(store.pk, {}).items() if code in methods],
        )
        for store in stores.active_stores()
    ]
