"""Pages of the catalogue."""

from .files import export, import_file
from .pictures import picture, picture_remove, picture_set
from .products import product_list, product_new, product_page
from .skus import code_add, code_remove, sku_new, sku_page

__all__ = [
    "code_add",
    "code_remove",
    "export",
    "import_file",
    "picture",
    "picture_remove",
    "picture_set",
    "product_list",
    "product_new",
    "product_page",
    "sku_new",
    "sku_page",
]
