"""Rules that many shops begin with; the form opens filled with one of them, and nothing happens until it is on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import Sentence

from .spec import Action, Condition, Group, Spec


@dataclass(frozen=True, slots=True)
class Recipe:
    """A rule to start from. Its texts become the shop's own, in the language of whoever starts."""

    key: str
    name: Sentence
    conditions: tuple[Condition, ...]
    actions: tuple[tuple[str, dict[str, Sentence | int]], ...]
    any: bool = False

    @property
    def spec(self) -> Spec:
        """The rule as data, its texts fixed in the language of now."""
        actions = tuple(
            Action(kind, {name: value if isinstance(value, int) else str(value) for name, value in params.items()})
            for kind, params in self.actions
        )
        return Spec((Group(self.conditions, self.any),), actions)


_RECIPES = (
    Recipe(
        "large", _("A large order"), (Condition("total", "at_least", (30_000,)),),
        (("check", {"say": _("A large order: look at stock and payment.")}), ("tag", {"name": _("Large")})),
    ),
    Recipe(
        "far", _("Okinawa and islands"),
        (Condition("ship_prefecture", "one_of", ("沖縄県",)), Condition("is_island", "yes")),
        (("check", {"say": _("Far away: look at shipping fee and days.")}), ("tag", {"name": _("Far away")})),
        any=True,
    ),
    Recipe(
        "cod_gift", _("Cash on delivery to somebody else"),
        (Condition("method_kind", "one_of", ("cod",)), Condition("goes_elsewhere", "yes")),
        (("check", {"say": _("The recipient would have to pay: ask the buyer.")}),
         ("hold", {"kind": "customer_wait"})),
    ),
    Recipe(
        "first_cod", _("First order, cash on delivery, large"),
        (Condition("method_kind", "one_of", ("cod",)), Condition("orders_before", "equals", (0,)),
         Condition("total", "at_least", (20_000,))),
        (("check", {"say": _("First order by cash on delivery: call the buyer.")}),),
    ),
    Recipe(
        "noshi", _("Noshi in the remark"), (Condition("remark", "contains_any", ("のし", "熨斗")),),
        (("tag", {"name": _("Noshi")}), ("note", {"text": _("Noshi wanted: read the remark.")})),
    ),
    Recipe(
        "fragile", _("Fragile goods"), (Condition("line_fragile", "yes"),),
        (("note", {"text": _("Fragile: pack in a double box.")}),),
    ),
    Recipe(
        "regular", _("Regular buyers are accepted"),
        (Condition("orders_before", "at_least", (3,)), Condition("cancelled_before", "equals", (0,)),
         Condition("total", "less", (20_000,))),
        (("accept", {}),),
    ),
    Recipe(
        "gift", _("A free item from an amount on"), (Condition("goods_total", "at_least", (10_000,)),),
        (("line", {"sku": "", "quantity": 1}),),
    ),
)  # fmt: skip

#: The recipes by key, in the order in which they are offered.
RECIPES: dict[str, Recipe] = {recipe.key: recipe for recipe in _RECIPES}
