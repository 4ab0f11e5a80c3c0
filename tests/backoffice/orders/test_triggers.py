"""The search of SQLite survives tables that are made anew."""

from __future__ import annotations

import pytest
from django.db import connection

from akinai.backoffice.orders import triggers
from akinai.backoffice.orders.selectors import search_orders
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, place

pytestmark = pytest.mark.django_db


def test_orders_are_found_after_migrations_have_made_their_table_anew() -> None:
    """After every `migrate` the triggers stand, whatever a migration did to the table; again does no harm."""
    make_shop()
    stock_up(make_sku(), 9)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'orders_order'")
            assert cursor.fetchone()[0] >= len(triggers.TRIGGERS)
            cursor.execute("DROP TRIGGER orders_search_insert")
    triggers.restore()
    triggers.restore()
    order = place()
    assert [found.pk for found in search_orders("0312345678")] == [order.pk]
