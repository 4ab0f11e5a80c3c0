"""What stands in the shop before its first order and is tedious to type: goods, stock, the contract with the carrier.

`python -m tests.e2e.stockroom` runs in the shop's own process.
"""

from __future__ import annotations

import django

django.setup()

from akinai.backoffice.fulfillment import services as fulfillment  # noqa: E402  # models come after setup
from akinai.foundation.core.actor import SYSTEM  # noqa: E402
from akinai.shop.stores.services import set_setting  # noqa: E402
from akinai.shop.terms.models import Carrier  # noqa: E402
from akinai.workbench.generate import SAMPLE_GOODS  # noqa: E402
from tests.builders.catalog import make_product, make_sku  # noqa: E402
from tests.builders.inventory import stock_up  # noqa: E402

PIECES = 3000


def stock() -> None:
    """The goods that `generate-orders` orders, plenty of each; mails leave without waiting."""
    for number, goods in enumerate(SAMPLE_GOODS):
        tax = "red" if goods.tax_rate == 8 else "std"
        product = make_product(f"P-{goods.code}", name=goods.name, tax_class=tax)
        stock_up(make_sku(goods.code, product=product, price=goods.price, shelf=f"A-{number + 1:02}"), PIECES)
    Carrier.objects.filter(code="yamato").update(pickup_time="17:00")
    fulfillment.set_contract(
        SYSTEM, adapter="yamato_b2", config={"customer_code": "0312345678", "freight_number": "01"}
    )
    set_setting(SYSTEM, key="mail.undo_seconds", value=0)


if __name__ == "__main__":
    stock()
