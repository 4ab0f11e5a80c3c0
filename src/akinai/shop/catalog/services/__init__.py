"""Use cases of the catalogue."""

from .codes import map_code, unmap_code
from .files import import_products
from .picturing import remove_picture, set_picture
from .saving import save_product, save_sku

__all__ = [
    "import_products",
    "map_code",
    "remove_picture",
    "save_product",
    "save_sku",
    "set_picture",
    "unmap_code",
]
