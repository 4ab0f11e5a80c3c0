"""Use cases of the catalogue."""

from akinai.shop.catalog.store_codes import map_store_code, unmap_store_code

from .files import import_products
from .picturing import remove_picture, set_picture
from .saving import save_product, save_sku

__all__ = [
    "import_products",
    "map_store_code",
    "remove_picture",
    "save_product",
    "save_sku",
    "set_picture",
    "unmap_store_code",
]
