"""What can be wrong with an order in a file, beyond what is wrong with a cell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import ERROR, WARNING
from akinai.foundation.tabular.problems import declare

declare(
    {
        "too_long": (ERROR, _("This cell has %(count)s characters; at most %(limit)s can be kept. Shorten it.")),
        "different_buyer": (
            ERROR,
            _("Order %(number)s has another buyer here (“%(value)s”) than in row %(row)s. Renumber one."),
        ),
        "several_ship_to": (
            ERROR,
            _("Order %(number)s goes to several addresses. Split it in the store, one order an address."),
        ),
        "no_lines": (ERROR, _("Order %(number)s has no goods.")),
        "not_placed": (ERROR, _("Order %(number)s is still in checkout (%(status)s); import it once it is placed.")),
        "no_order_for_items": (ERROR, _("There is no order %(number)s in the order file for these goods.")),
        "two_files_needed": (ERROR, _("This preset needs two files: the order file and the item file.")),
        "one_file_needed": (ERROR, _("This preset reads one file at a time.")),
        "wrong_currency": (ERROR, _("The amounts are in %(value)s; only yen can be read.")),
        "goods_do_not_add_up": (
            WARNING,
            _("The lines add up to %(lines)s yen, but the file says %(value)s yen for the goods."),
        ),
        "total_does_not_add_up": (
            WARNING,
            _("The parts add up to %(parts)s yen, but the file says %(value)s yen in total."),
        ),
        "rows_differ": (WARNING, _("“%(value)s” differs from row %(row)s of the same order; row %(row)s counts.")),
        "unknown_window": (
            WARNING,
            _("The delivery time “%(value)s” is not known yet. Say in the store's settings what it means."),
        ),
        "unknown_wish": (WARNING, _("“%(value)s” is no date; it is kept as a remark about delivery.")),
        "dummy_address": (WARNING, _("The receiver has not entered an address yet (%(value)s); it cannot ship.")),
        "foreign_country": (WARNING, _("The address is in %(value)s, outside Japan.")),
        "price_divided": (
            WARNING,
            _("%(value)s yen do not divide by %(quantity)s; the line is split so that the sum stays right."),
        ),
    }
)
